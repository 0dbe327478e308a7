import { hashSecret } from '@berth/auth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CredentialUses } from '../../apps/registry-api/src/access/credential-uses.js';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { basic, bearer } from '../support/authorization.js';
import { eventually } from '../support/eventually.js';
import type { Credentials } from '../support/registry-client.js';
import { World } from '../support/world.js';

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

describe('access tokens', () => {
  let app: TestApp;
  let world: World;
  let admin: Api;
  let alice: Api;
  let bob: Api;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    await world.user('alice');
    await world.user('bob');
    await world.repository('alice/app');
    await world.repository('alice/other');
    admin = apiOf(app, await world.accessToken('admin'));
    alice = apiOf(app, await world.accessToken('alice'));
    bob = apiOf(app, await world.accessToken('bob'));
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  const as = (token: string, username = 'alice'): Credentials => ({ username, password: token });

  async function made(body: object = {}): Promise<{ id: string; token: string; api: Api }> {
    const { body: answer } = await alice
      .post('/access-tokens', { name: 'made', scopes: ['repository:read'], ...body })
      .expect(201);
    return { ...answer, api: apiOf(app, as(answer.token)) };
  }

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

  describe('last used', () => {
    /** Answers are sent before their use is noted, so that nobody waits for it. */
    const useOf = (id: string) =>
      eventually('the use is written', async () => {
        await app.nest.get(CredentialUses).flush();
        const { body } = await alice.get(`/access-tokens/${id}`).expect(200);
        return body.lastUsedAt && body;
      });
    const rowOf = async (id: string) =>
      (await world.sql('SELECT last_used_at FROM access_tokens WHERE id = $1', [id]))[0];

    it('is known with the address, and costs no request a round trip', async () => {
      const tokens = [await made(), await made()];
      const statements = await app.countSql(async () => {
        for (const { api } of tokens) await api.get('/repositories/alice%2Fapp').expect(200);
      });
      expect(statements).toHaveLength(2);
      for (const { id } of tokens) {
        const { lastUsedAt, lastUsedAddress } = await useOf(id);
        expect(Date.parse(lastUsedAt)).toBeGreaterThan(Date.now() - 60_000);
        expect(lastUsedAddress).toMatch(/127\.0\.0\.1$/);
      }
    });

    it('is written in one statement for all, and the later use counts', async () => {
      const tokens = [await made(), await made(), await made()];
      const uses = app.nest.get(CredentialUses);
      await uses.flush();
      for (const { id, token } of tokens) {
        uses.note({ kind: 'access_token', id, version: 1 }, '192.0.2.1');
        uses.note({ kind: 'access_token', secretHash: hashSecret(token) }, '192.0.2.2');
        uses.note({ kind: 'access_token', secretHash: hashSecret(token) }, '192.0.2.3');
      }
      expect(await app.countSql(() => uses.flush())).toHaveLength(1);
      expect(await app.countSql(() => uses.flush())).toHaveLength(0);
      for (const { id } of tokens) {
        const [row] = await world.sql('SELECT last_used_address FROM access_tokens WHERE id = $1', [id]);
        expect(row?.last_used_address).not.toBe('192.0.2.2');
      }
    });

    it.each([
      {
        by: 'Basic on /v2',
        use: (token: string) => fetch(`${app.url}/v2/`, { headers: basicOf(token) }),
      },
      {
        by: 'Bearer on /api',
        use: (token: string) =>
          fetch(`${app.url}/api/v1/repositories`, { headers: { authorization: `Bearer ${token}` } }),
      },
      {
        by: 'a token request',
        use: (token: string) => fetch(`${app.url}/token`, { headers: basicOf(token) }),
      },
      {
        by: 'an OAuth2 token request',
        use: (token: string) =>
          fetch(`${app.url}/token`, {
            method: 'POST',
            body: new URLSearchParams({ grant_type: 'password', username: 'alice', password: token }),
          }),
      },
    ])('is noted for $by', async ({ use }) => {
      const { id, token } = await made();
      expect((await use(token)).status).toBe(200);
      expect((await useOf(id)).lastUsedAt).not.toBeNull();
    });

    it('is noted for a registry token that was got with it', async () => {
      const { id, token } = await made();
      const authorization = await bearer(app.url, ['repository:alice/app:pull'], as(token));
      await useOf(id);
      await world.sql('UPDATE access_tokens SET last_used_at = NULL WHERE id = $1', [id]);
      await fetch(`${app.url}/v2/alice/app/tags/list`, { headers: { authorization } });
      expect((await useOf(id)).lastUsedAt).not.toBeNull();
    });

    it('is not moved by what is refused', async () => {
      const { id, token, api } = await made();
      await world.sql('UPDATE access_tokens SET expires_at = now() WHERE id = $1', [id]);
      await api.get('/repositories/alice%2Fapp').expect(401);
      await fetch(`${app.url}/v2/alice/app/manifests/sha256:0`, { headers: basicOf(token) });
      const later = await made();
      await later.api.get('/repositories/alice%2Fapp').expect(200);
      await useOf(later.id);
      expect(await rowOf(id)).toEqual({ last_used_at: null });
    });

    it('outlives a shutdown, also of a request that is still being answered', async () => {
      const second = await startApp();
      const other = await World.open(second.databaseUrl);
      const credentials = await other.accessToken('admin');
      const late = await other.accessToken('admin');
      await apiOf(second, credentials).get('/access-tokens').expect(200);
      const uses = second.nest.get(CredentialUses);
      const closed = second.nest.close();
      uses.note({ kind: 'access_token', secretHash: hashSecret(late.password) }, '192.0.2.1');
      await closed;
      const rows = await other.sql(`SELECT last_used_at FROM access_tokens WHERE name = 'test'`);
      expect(rows).toEqual([{ last_used_at: expect.any(Date) }, { last_used_at: expect.any(Date) }]);
      await other.close();
      await second.close();
    });
  });

  function basicOf(token: string): Record<string, string> {
    return { authorization: basic(as(token)) };
  }

  describe('an expired one', () => {
    it('says so at docker login', async () => {
      const { id, token } = await made();
      await world.sql(`UPDATE access_tokens SET expires_at = now() WHERE id = $1`, [id]);
      const challenge = await fetch(`${app.url}/token?account=alice&client_id=docker&offline_token=true`, {
        headers: basicOf(token),
      });
      expect(challenge.status).toBe(401);
      expect(await challenge.json()).toMatchObject({
        errors: [{ code: 'UNAUTHORIZED', message: 'This access token has expired: make a new one.' }],
      });
      const direct = await fetch(`${app.url}/v2/`, { headers: basicOf(token) });
      expect(direct.status).toBe(401);
      expect(await direct.text()).toContain('This access token has expired: make a new one.');
    });

    it('is listed, and can be revoked', async () => {
      const { id } = await made();
      await world.sql(`UPDATE access_tokens SET expires_at = now() WHERE id = $1`, [id]);
      const { body } = await alice.get('/access-tokens?limit=100').expect(200);
      expect(body.items.map((item: { id: string }) => item.id)).toContain(id);
      await alice.delete(`/access-tokens/${id}`).expect(204);
    });
  });

  describe('for admins', () => {
    const idsOf = async (query: string) => {
      const { body } = await admin.get(`/admin/access-tokens?limit=100${query}`).expect(200);
      return (body.items as { id: string }[]).map(({ id }) => id);
    };

    it("are everybody's, by owner, expiry and days unused", async () => {
      const fresh = await made();
      const expired = await made();
      const unused = await made();
      await world.sql(`UPDATE access_tokens SET expires_at = now() WHERE id = $1`, [expired.id]);
      await world.sql(`UPDATE access_tokens SET last_used_at = now() - interval '40 days' WHERE id = $1`, [
        unused.id,
      ]);
      const { body } = await admin.get('/admin/access-tokens?owner=alice&limit=100').expect(200);
      expect(body.items[0]).toMatchObject({ owner: 'alice', name: 'made' });
      expect(await idsOf('')).toEqual(expect.arrayContaining([fresh.id, expired.id, unused.id]));
      expect(await idsOf('&owner=bob')).toHaveLength(1);
      expect(await idsOf('&owner=nobody')).toEqual([]);
      expect(await idsOf('&expired=true')).toContain(expired.id);
      expect(await idsOf('&expired=true')).not.toContain(fresh.id);
      expect(await idsOf('&expired=false')).toContain(fresh.id);
      expect(await idsOf('&expired=false')).not.toContain(expired.id);
      expect(await idsOf('&unusedDays=30')).toEqual([unused.id]);
      expect(await idsOf('&unusedDays=0')).toContain(fresh.id);
    });

    it.each(['expired=maybe', 'unusedDays=-1', 'unusedDays=99999', 'owner=%00', 'owner[]=a', 'sort=prefix'])(
      'are not listed by ?%s',
      async (query) => {
        await admin.get(`/admin/access-tokens?${query}`).expect(400);
      },
    );

    it('are revoked one by one or many at once', async () => {
      const [one, two, three] = [await made(), await made(), await made()];
      await admin.delete(`/admin/access-tokens/${one.id}`).expect(204);
      await admin.delete(`/admin/access-tokens/${one.id}`).expect(404);
      const ids = [one.id, two.id, three.id, '999999'];
      const { body } = await admin.post('/admin/access-tokens/revocations', { ids }).expect(200);
      expect(body.revokedIds.toSorted()).toEqual([two.id, three.id].toSorted());
      for (const { api } of [one, two, three]) await api.get('/repositories/alice%2Fapp').expect(401);
      const none = await admin.post('/admin/access-tokens/revocations', { ids: ['999999'] }).expect(200);
      expect(none.body).toEqual({ revokedIds: [] });
      for (const bad of [{ ids: [] }, { ids: ['x'] }, { ids: [1] }, {}]) {
        await admin.post('/admin/access-tokens/revocations', bad).expect(400);
      }
      const logged = await world.sql(
        `SELECT actor, details FROM audit_log WHERE action = 'access-token.revoke' AND object = $1`,
        [`access-token:${two.id}`],
      );
      expect(logged).toMatchObject([{ actor: 'admin', details: { owner: 'alice', name: 'made' } }]);
    });

    it('are there for nobody else', async () => {
      const { id } = await made();
      const narrow = apiOf(app, await world.accessToken('admin', { scopes: ['repository:read'] }));
      const limited = apiOf(app, await world.accessToken('admin', { repositories: ['library/*'] }));
      for (const someone of [alice, narrow, limited]) {
        await someone.get('/admin/access-tokens').expect(404);
        await someone.delete(`/admin/access-tokens/${id}`).expect(404);
        await someone.post('/admin/access-tokens/revocations', { ids: [id] }).expect(404);
      }
      await alice.get(`/access-tokens/${id}`).expect(200);
    });
  });
});
