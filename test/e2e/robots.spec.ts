import { describe, expect, it } from 'vitest';
import { apiOf } from '../support/api.js';
import { admin, alice, app, bob, carol, made, setUp, statusOf, world } from './robots-api.js';

describe('robots', () => {
  setUp();

  describe('making one', () => {
    it('shows the user name and the secret once, and keeps only its hash', async () => {
      const body = {
        name: 'ci',
        description: 'builds',
        scopes: ['repository:write'],
        repositories: ['team/*'],
      };
      const response = await alice.post('/namespaces/team/robots', body).expect(201);
      expect(response.headers['cache-control']).toBe('private, no-store');
      const { secret, ...shown } = response.body;
      expect(secret).toMatch(/^berth_robot_[0-9A-Za-z]{49}$/);
      expect(shown).toEqual({
        name: 'ci',
        username: 'robot+team+ci',
        description: 'builds',
        prefix: secret.slice(0, 16),
        scopes: ['repository:write'],
        repositories: ['team/*'],
        expiresAt: null,
        previousExpiresAt: null,
        isDisabled: false,
        lastUsedAt: null,
        lastUsedAddress: null,
        createdAt: expect.any(String),
      });
      expect((await alice.get('/namespaces/team/robots/ci').expect(200)).body).toEqual(shown);
      const [row] = await world.sql(`SELECT * FROM robots WHERE name = 'ci'`);
      expect(JSON.stringify(row)).not.toContain(secret.slice(16));
      await alice.post('/namespaces/team/robots', body).expect(409);
    });

    it.each([
      { name: 'x' },
      { name: 'x', scopes: [] },
      { name: 'x', scopes: ['admin'] },
      { name: 'X', scopes: ['repository:read'] },
      { name: 'a+b', scopes: ['repository:read'] },
      { name: 'a/b', scopes: ['repository:read'] },
      { name: 'x', scopes: ['repository:read'], repositories: ['*'] },
      { name: 'x', scopes: ['repository:read'], expiresAt: '2001-01-01T00:00:00Z' },
      { name: 'x', scopes: ['repository:read'], namespaceId: '1' },
    ])('refuses %j', async (body) => {
      await alice.post('/namespaces/team/robots', body).expect(400);
    });

    it("is for the namespace's owners and admins", async () => {
      const body = { name: 'of-others', scopes: ['repository:read'] };
      await bob.post('/namespaces/team/robots', body).expect(403);
      await carol.post('/namespaces/team/robots', body).expect(404);
      await apiOf(app).post('/namespaces/team/robots', body).expect(401);
      await (await made()).api.post('/namespaces/team/robots', body).expect(403);
      await admin.post('/namespaces/library/robots', body).expect(201);
      await alice.post('/namespaces/alice/robots', body).expect(201);
    });

    it('gives it no more than the access token has that makes it', async () => {
      const maker = apiOf(app, await world.accessToken('alice', { scopes: ['admin', 'repository:read'] }));
      const body = { name: 'made-with-token', scopes: ['repository:read'] };
      await maker.post('/namespaces/team/robots', { ...body, scopes: ['repository:write'] }).expect(403);
      await maker.post('/namespaces/team/robots', body).expect(201);
      const strong = await made({ scopes: ['repository:delete'] });
      await maker.post(`/namespaces/team/robots/${strong.name}/rotate`).expect(403);
      await maker
        .patch('/namespaces/team/robots/made-with-token', { scopes: ['repository:write'] })
        .expect(403);
      await maker.patch('/namespaces/team/robots/made-with-token', { description: 'mine' }).expect(200);
      expect(await statusOf(strong)).toBe(404);
    });
  });

  it('are seen, changed and deleted by owners and admins only', async () => {
    const { name } = await made();
    for (const [someone, status] of [
      [bob, 403],
      [carol, 404],
    ] as const) {
      await someone.get('/namespaces/team/robots').expect(status);
      await someone.get(`/namespaces/team/robots/${name}`).expect(status);
      await someone.patch(`/namespaces/team/robots/${name}`, {}).expect(status);
      await someone.post(`/namespaces/team/robots/${name}/rotate`).expect(status);
      await someone.delete(`/namespaces/team/robots/${name}`).expect(status);
    }
    await alice.get('/namespaces/team/robots/nosuch').expect(404);
    await admin.get(`/namespaces/team/robots/${name}`).expect(200);
  });

  it('are listed by name, page by page', async () => {
    await world.organization('paged', { alice: 'owner' });
    for (const name of ['c', 'a', 'b']) {
      await alice.post('/namespaces/paged/robots', { name, scopes: ['repository:read'] }).expect(201);
    }
    const first = await alice.get('/namespaces/paged/robots?limit=2').expect(200);
    const second = await alice
      .get(`/namespaces/paged/robots?limit=2&cursor=${first.body.nextCursor}`)
      .expect(200);
    const names = [...first.body.items, ...second.body.items].map(({ name }) => name);
    expect(names).toEqual(['a', 'b', 'c']);
    expect(second.body.nextCursor).toBeUndefined();
  });

  describe('changing one', () => {
    it('counts at the next request', async () => {
      const robot = await made();
      expect(await statusOf(robot)).toBe(200);
      const change = async (body: object) =>
        (await alice.patch(`/namespaces/team/robots/${robot.name}`, body).expect(200)).body;
      expect(await change({ repositories: ['team/other'] })).toMatchObject({ repositories: ['team/other'] });
      expect([await statusOf(robot), await statusOf(robot, 'team/other')]).toEqual([404, 200]);
      expect(await change({ repositories: null })).toMatchObject({ repositories: null });
      expect(await statusOf(robot)).toBe(200);
      expect(await change({ scopes: ['repository:write'] })).toMatchObject({ scopes: ['repository:write'] });
      expect(await statusOf(robot)).toBe(404);
      await change({ scopes: ['repository:read'] });
      expect(await change({ isDisabled: true })).toMatchObject({ isDisabled: true });
      expect(await statusOf(robot)).toBe(401);
      expect(await change({ isDisabled: false, description: 'again' })).toMatchObject({
        isDisabled: false,
        description: 'again',
        scopes: ['repository:read'],
      });
      expect(await statusOf(robot)).toBe(200);
    });

    it('moves its end', async () => {
      const robot = await made({ expiresAt: new Date(Date.now() + 3_600_000).toISOString() });
      await world.sql('UPDATE robots SET expires_at = now() WHERE name = $1', [robot.name]);
      expect(await statusOf(robot)).toBe(401);
      await alice.post(`/namespaces/team/robots/${robot.name}/rotate`).expect(409);
      await alice.patch(`/namespaces/team/robots/${robot.name}`, { expiresAt: null }).expect(200);
      expect(await statusOf(robot)).toBe(200);
    });

    it.each([{ name: 'renamed' }, { scopes: ['admin'] }, { prefix: 'x' }, { isDisabled: 'yes' }])(
      'refuses %j',
      async (body) => {
        const { name } = await made();
        await alice.patch(`/namespaces/team/robots/${name}`, body).expect(400);
      },
    );
  });
});
