import { beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { alice, app, as, bob, inAnHour, made, setUp, world } from './access-tokens-api.js';

describe('access tokens', () => {
  setUp();

  describe('making one', () => {
    it('shows the secret once and keeps only its hash', async () => {
      const expiresAt = inAnHour();
      const body = {
        name: 'ci of the team',
        scopes: ['repository:read', 'repository:read', 'repository:write'],
        repositories: ['alice/*', 'alpine'],
        expiresAt,
      };
      const response = await alice.post('/access-tokens', body).expect(201);
      expect(response.headers['cache-control']).toBe('private, no-store');
      const { token, ...shown } = response.body;
      expect(token).toMatch(/^berth_pat_[0-9A-Za-z]{49}$/);
      expect(shown).toEqual({
        id: expect.stringMatching(/^[0-9]+$/),
        name: 'ci of the team',
        prefix: token.slice(0, 14),
        scopes: ['repository:read', 'repository:write'],
        repositories: ['alice/*', 'alpine'],
        expiresAt,
        previousExpiresAt: null,
        lastUsedAt: null,
        lastUsedAddress: null,
        createdAt: expect.any(String),
      });
      expect((await alice.get(`/access-tokens/${shown.id}`).expect(200)).body).toEqual(shown);
      const [row] = await world.sql('SELECT * FROM access_tokens WHERE id = $1', [shown.id]);
      expect(JSON.stringify(row)).not.toContain(token.slice(14));
      expect(row?.repositories_like).toEqual(['alice/%', 'library/alpine']);
      const logged = await world.sql('SELECT * FROM audit_log WHERE object = $1', [
        `access-token:${shown.id}`,
      ]);
      expect(logged).toMatchObject([{ action: 'access-token.create', details: { name: 'ci of the team' } }]);
      expect(JSON.stringify(logged)).not.toContain(token.slice(14));
    });

    it.each([
      { body: { name: 'x' } },
      { body: { name: 'x', scopes: [] } },
      { body: { name: 'x', scopes: ['everything'] } },
      { body: { name: '', scopes: ['admin'] } },
      { body: { name: 'a\u0000', scopes: ['admin'] } },
      { body: { name: 'x', scopes: ['admin'], repositories: [] } },
      { body: { name: 'x', scopes: ['admin'], repositories: ['*'] } },
      { body: { name: 'x', scopes: ['admin'], repositories: ['Team/app'] } },
      { body: { name: 'x', scopes: ['admin'], repositories: ['*/app'] } },
      { body: { name: 'x', scopes: ['admin'], expiresAt: '2020-01-01T00:00:00Z' } },
      { body: { name: 'x', scopes: ['admin'], expiresAt: 'tomorrow' } },
      { body: { name: 'x', scopes: ['admin'], userId: '1' } },
      { body: { name: 'x', scopes: ['admin'], secretHash: 'x' } },
    ])('refuses $body', async ({ body }) => {
      await alice.post('/access-tokens', body).expect(400);
    });

    it('is for people', async () => {
      const body = { name: 'x', scopes: ['repository:read'] };
      await apiOf(app, await world.robot('alice', 'ci'))
        .post('/access-tokens', body)
        .expect(403);
      await apiOf(app).post('/access-tokens', body).expect(401);
    });
  });

  describe('one made with another', () => {
    const end = inAnHour();
    let maker: Api;

    beforeAll(async () => {
      const scopes = ['admin', 'repository:read'];
      maker = (await made({ scopes, repositories: ['alice/app', 'bob/*'], expiresAt: end })).api;
    });

    const within = { name: 'x', scopes: ['repository:read'], repositories: ['alice/app'], expiresAt: end };

    it('may reach as far', async () => {
      await maker.post('/access-tokens', within).expect(201);
      await maker.post('/access-tokens', { ...within, repositories: ['bob/a*'] }).expect(201);
    });

    it.each([
      { more: 'scopes', body: { ...within, scopes: ['repository:write'] } },
      { more: 'repositories', body: { ...within, repositories: ['alice/*'] } },
      { more: 'repositories, all of them,', body: { ...within, repositories: undefined } },
      { more: 'time', body: { ...within, expiresAt: '2999-01-01T00:00:00Z' } },
      { more: 'time, without end,', body: { ...within, expiresAt: undefined } },
    ])('gets no more $more than that one has', async ({ body }) => {
      await maker.post('/access-tokens', body).expect(403);
    });

    it('is made only by one with the scope admin', async () => {
      const { api } = await made();
      await api.post('/access-tokens', within).expect(403);
      await api.get('/access-tokens').expect(403);
    });

    it('is rotated only by one that reaches as far', async () => {
      const target = await made({ scopes: ['repository:write'] });
      const narrow = await made({ scopes: ['admin', 'repository:read'] });
      await narrow.api.post(`/access-tokens/${target.id}/rotate`).expect(403);
      await narrow.api.post(`/access-tokens/${narrow.id}/rotate`).expect(200);
      await apiOf(app, as(target.token)).get('/repositories/alice%2Fapp').expect(404);
    });
  });

  describe('lists', () => {
    it('are of the own ones, newest first, without secrets, page by page', async () => {
      await world.user('lister');
      const lister = apiOf(app, await world.accessToken('lister'));
      for (const name of ['one', 'two', 'three']) {
        await lister.post('/access-tokens', { name, scopes: ['repository:read'] }).expect(201);
      }
      const first = await lister.get('/access-tokens?limit=2').expect(200);
      expect(first.body.items.map(({ name }: { name: string }) => name)).toEqual(['three', 'two']);
      const second = await lister.get(`/access-tokens?limit=2&cursor=${first.body.nextCursor}`).expect(200);
      expect(second.body.items.map(({ name }: { name: string }) => name)).toEqual(['one', 'test']);
      expect(second.body.nextCursor).toBeUndefined();
      expect(JSON.stringify([first.body, second.body])).not.toMatch(/"token"|hash/i);
    });

    it.each([
      'limit=0',
      'limit=1000',
      'cursor=%00',
      `cursor=${btoa('x')}`,
      'sort=secret_hash',
      'limit=1&limit=2',
    ])('refuse ?%s', async (query) => {
      await alice.get(`/access-tokens?${query}`).expect(400);
    });
  });

  it('of others are as if they were not there, and so are ids that are none', async () => {
    const { id } = await made();
    for (const path of [id, '999999', '0', 'abc', '1e3', '%00', '99999999999999999999']) {
      await bob.get(`/access-tokens/${path}`).expect(404);
      await bob.delete(`/access-tokens/${path}`).expect(404);
      await bob.post(`/access-tokens/${path}/rotate`).expect(404);
    }
    await alice.get(`/access-tokens/${id}`).expect(200);
  });

  describe('rotating one', () => {
    it('gives a new secret, and the old one ends at once', async () => {
      const { id, token, api } = await made();
      const { body } = await alice.post(`/access-tokens/${id}/rotate`, {}).expect(200);
      expect(body.token).not.toBe(token);
      expect(body).toMatchObject({ id, prefix: body.token.slice(0, 14), previousExpiresAt: null });
      await apiOf(app, as(body.token)).get('/repositories/alice%2Fapp').expect(200);
      await api.get('/repositories/alice%2Fapp').expect(401);
    });

    it('lets the old one count until the overlap ends', async () => {
      const { id, token, api } = await made();
      const { body } = await alice.post(`/access-tokens/${id}/rotate`, { overlapSeconds: 600 }).expect(200);
      expect(Date.parse(body.previousExpiresAt)).toBeGreaterThan(Date.now());
      for (const secret of [token, body.token]) {
        await apiOf(app, as(secret)).get('/repositories/alice%2Fapp').expect(200);
      }
      await world.sql('UPDATE access_tokens SET previous_expires_at = now() WHERE id = $1', [id]);
      const refused = await api.get('/repositories/alice%2Fapp').expect(401);
      expect(refused.body.detail).toMatch(/revoked/);
      await apiOf(app, as(body.token)).get('/repositories/alice%2Fapp').expect(200);
    });

    it('twice ends the first secret, overlap or not', async () => {
      const { id, api } = await made();
      const second = await alice.post(`/access-tokens/${id}/rotate`, { overlapSeconds: 600 }).expect(200);
      await alice.post(`/access-tokens/${id}/rotate`, { overlapSeconds: 600 }).expect(200);
      await api.get('/repositories/alice%2Fapp').expect(401);
      await apiOf(app, as(second.body.token)).get('/repositories/alice%2Fapp').expect(200);
    });

    it.each([
      { overlapSeconds: -1 },
      { overlapSeconds: 604801 },
      { overlapSeconds: '60' },
      { scopes: ['admin'] },
    ])('refuses %j', async (body) => {
      const { id } = await made();
      await alice.post(`/access-tokens/${id}/rotate`, body).expect(400);
    });

    it('is of no use for one that has expired or was revoked', async () => {
      const expired = await made();
      await world.sql('UPDATE access_tokens SET expires_at = now() WHERE id = $1', [expired.id]);
      await alice.post(`/access-tokens/${expired.id}/rotate`).expect(409);
      const revoked = await made();
      await alice.delete(`/access-tokens/${revoked.id}`).expect(204);
      await alice.post(`/access-tokens/${revoked.id}/rotate`).expect(404);
      await alice.delete(`/access-tokens/${revoked.id}`).expect(404);
    });
  });
});
