import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CredentialUses } from '../../apps/registry-api/src/access/credential-uses.js';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { basic, bearer } from '../support/authorization.js';
import { eventually } from '../support/eventually.js';
import type { Credentials } from '../support/registry-client.js';
import { World } from '../support/world.js';

describe('robots', () => {
  let app: TestApp;
  let world: World;
  let admin: Api;
  let alice: Api;
  let bob: Api;
  let carol: Api;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    for (const username of ['alice', 'bob', 'carol']) await world.user(username);
    await world.organization('team', { alice: 'owner', bob: 'maintainer' });
    await world.repository('team/app');
    await world.repository('team/other');
    await world.repository('alice/app');
    [admin, alice, bob, carol] = [
      apiOf(app, await world.accessToken('admin')),
      apiOf(app, await world.accessToken('alice')),
      apiOf(app, await world.accessToken('bob')),
      apiOf(app, await world.accessToken('carol')),
    ];
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  let count = 0;
  interface MadeRobot {
    name: string;
    credentials: Credentials;
    api: Api;
  }

  async function made(body: object = {}, namespace = 'team'): Promise<MadeRobot> {
    count += 1;
    const name = `robot-${count}`;
    const { body: answer } = await alice
      .post(`/namespaces/${namespace}/robots`, { name, scopes: ['repository:read'], ...body })
      .expect(201);
    const credentials = { username: answer.username, password: answer.secret };
    return { name, credentials, api: apiOf(app, credentials) };
  }

  const statusOf = async ({ credentials }: MadeRobot, repository = 'team/app') => {
    const headers = { authorization: basic(credentials) };
    const response = await fetch(`${app.url}/v2/${repository}/tags/list`, { headers });
    await response.arrayBuffer();
    return response.status;
  };

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

  describe('rotating one', () => {
    it('ends the old secret, and what was got with it, when the overlap ends', async () => {
      const robot = await made();
      const before = await bearer(app.url, ['repository:team/app:pull'], robot.credentials);
      const rotated = await alice
        .post(`/namespaces/team/robots/${robot.name}/rotate`, { overlapSeconds: 600 })
        .expect(200);
      const during = await bearer(app.url, ['repository:team/app:pull'], robot.credentials);
      const renewed = {
        ...robot,
        credentials: { ...robot.credentials, password: rotated.body.secret as string },
      };
      const after = await bearer(app.url, ['repository:team/app:pull'], renewed.credentials);
      const statuses = async () => [
        await statusOf(robot),
        ...(await Promise.all([before, during].map((authorization) => tagsWith(authorization)))),
        await statusOf(renewed),
        await tagsWith(after),
      ];
      expect(await statuses()).toEqual([200, 200, 200, 200, 200]);
      await world.sql('UPDATE robots SET previous_expires_at = now() WHERE name = $1', [robot.name]);
      expect(await statuses()).toEqual([401, 401, 401, 200, 200]);
    });

    it('without an overlap ends it at once', async () => {
      const robot = await made();
      const before = await bearer(app.url, ['repository:team/app:pull'], robot.credentials);
      await alice.post(`/namespaces/team/robots/${robot.name}/rotate`).expect(200);
      expect([await statusOf(robot), await tagsWith(before)]).toEqual([401, 401]);
    });
  });

  async function tagsWith(authorization: string): Promise<number> {
    const response = await fetch(`${app.url}/v2/team/app/tags/list`, { headers: { authorization } });
    await response.arrayBuffer();
    return response.status;
  }

  it('deleted, are refused at the next request, and so is all that was got with them', async () => {
    const robot = await made();
    const authorization = await bearer(app.url, ['repository:team/app:pull'], robot.credentials);
    expect([await statusOf(robot), await tagsWith(authorization)]).toEqual([200, 200]);
    await alice.delete(`/namespaces/team/robots/${robot.name}`).expect(204);
    await alice.delete(`/namespaces/team/robots/${robot.name}`).expect(404);
    expect([await statusOf(robot), await tagsWith(authorization)]).toEqual([401, 401]);
    await alice
      .post('/namespaces/team/robots', { name: robot.name, scopes: ['repository:read'] })
      .expect(201);
    expect([await statusOf(robot), await tagsWith(authorization)]).toEqual([401, 401]);
  });

  it('show when and from where they were last used', async () => {
    const robot = await made();
    expect(await statusOf(robot)).toBe(200);
    const { lastUsedAddress } = await eventually('the use is written', async () => {
      await app.nest.get(CredentialUses).flush();
      const { body } = await alice.get(`/namespaces/team/robots/${robot.name}`);
      return body.lastUsedAt && body;
    });
    expect(lastUsedAddress).toMatch(/127\.0\.0\.1$/);
  });

  it('administer nothing, whatever they are granted', async () => {
    const robot = await made({ scopes: ['repository:read', 'repository:write', 'repository:delete'] });
    await alice.put(`/repositories/team%2Fapp/grants/robots/${robot.name}`, { role: 'owner' }).expect(200);
    await robot.api.patch('/repositories/team%2Fapp', { visibility: 'public' }).expect(403);
    await robot.api.get('/repositories/team%2Fapp/grants').expect(403);
    await robot.api.put('/namespaces/team/members/carol', { role: 'owner' }).expect(403);
    await robot.api.get('/namespaces/team/members').expect(403);
    await robot.api.get('/namespaces/team').expect(200);
    await robot.api.get('/access-tokens').expect(403);
    await robot.api.get('/admin/robots').expect(404);
  });

  describe('for admins', () => {
    const namesOf = async (query: string) => {
      const { body } = await admin.get(`/admin/robots?limit=100${query}`).expect(200);
      return (body.items as { name: string }[]).map(({ name }) => name);
    };

    it('are those of all namespaces, by namespace, expiry and days unused', async () => {
      const [fresh, expired, unused] = [await made(), await made(), await made({}, 'alice')];
      await world.sql(`UPDATE robots SET expires_at = now() WHERE name = $1`, [expired.name]);
      await world.sql(`UPDATE robots SET last_used_at = now() - interval '40 days' WHERE name = $1`, [
        unused.name,
      ]);
      expect(await namesOf('')).toEqual(expect.arrayContaining([fresh.name, expired.name, unused.name]));
      expect(await namesOf('&namespace=alice')).toContain(unused.name);
      expect(await namesOf('&namespace=alice')).not.toContain(fresh.name);
      expect(await namesOf('&expired=true')).toEqual([expired.name]);
      expect(await namesOf('&expired=false')).not.toContain(expired.name);
      expect(await namesOf('&unusedDays=30')).toEqual([unused.name]);
      const { body } = await admin.get('/admin/robots?namespace=alice&limit=100').expect(200);
      expect(body.items[0]).toMatchObject({ id: expect.stringMatching(/^\d+$/), namespace: 'alice' });
    });

    it('are revoked one by one or many at once', async () => {
      const robots = [await made(), await made(), await made()];
      const rows = await world.sql<{ id: string }>(
        'SELECT id FROM robots WHERE name = ANY ($1) ORDER BY id',
        [robots.map(({ name }) => name)],
      );
      const [one, two, three] = rows.map(({ id }) => id);
      await admin.delete(`/admin/robots/${one}`).expect(204);
      await admin.delete(`/admin/robots/${one}`).expect(404);
      const ids = [one, two, three];
      const { body } = await admin.post('/admin/robots/revocations', { ids }).expect(200);
      expect(body.revokedIds.toSorted()).toEqual([two, three].toSorted());
      for (const robot of robots) expect(await statusOf(robot)).toBe(401);
      const again = await admin.post('/admin/robots/revocations', { ids }).expect(200);
      expect(again.body).toEqual({ revokedIds: [] });
      await alice.get('/admin/robots').expect(404);
      await alice.delete(`/admin/robots/${one}`).expect(404);
      await alice.post('/admin/robots/revocations', { ids }).expect(404);
    });
  });

  it('records every change', async () => {
    const { name } = await made();
    await alice.patch(`/namespaces/team/robots/${name}`, { isDisabled: true }).expect(200);
    await bob.post(`/namespaces/team/robots/${name}/rotate`).expect(403);
    await alice.delete(`/namespaces/team/robots/${name}`).expect(204);
    const rows = await world.sql(
      'SELECT actor, action, result FROM audit_log WHERE object = $1 ORDER BY id',
      [`robot:robot+team+${name}`],
    );
    expect(rows).toEqual([
      { actor: 'alice', action: 'robot.create', result: 'done' },
      { actor: 'alice', action: 'robot.change', result: 'done' },
      { actor: 'bob', action: 'robot.rotate', result: 'refused' },
      { actor: 'alice', action: 'robot.delete', result: 'done' },
    ]);
  });
});
