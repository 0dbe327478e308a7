import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { World } from '../support/world.js';

describe('grants on a repository', () => {
  let app: TestApp;
  let world: World;
  let admin: Api;
  let alice: Api;
  let bob: Api;
  let carol: Api;
  const path = '/repositories/team%2Fapp/grants';

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    for (const username of ['alice', 'bob', 'carol', 'dave']) await world.user(username);
    await world.organization('team', { alice: 'owner', bob: 'maintainer' });
    await world.organization('other', { carol: 'owner' });
    await world.repository('team/app');
    await world.repository('team/other');
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

  const permissions = async (someone: Api) => {
    const { status, body } = await someone.get('/repositories/team%2Fapp');
    return status === 404 ? [] : body.permissions;
  };

  it('to a user count at the next request, and so does their end', async () => {
    expect(await permissions(carol)).toEqual([]);
    const { body } = await alice.put(`${path}/carol`, { role: 'reader' }).expect(200);
    expect(body).toEqual({ kind: 'user', name: 'carol', role: 'reader', createdAt: expect.any(String) });
    expect(await permissions(carol)).toEqual(['pull']);
    await carol.get('/repositories/team%2Fother').expect(404);
    await alice.put(`${path}/carol`, { role: 'writer' }).expect(200);
    expect(await permissions(carol)).toEqual(['pull', 'push']);
    await alice.delete(`${path}/carol`).expect(204);
    expect(await permissions(carol)).toEqual([]);
    await alice.delete(`${path}/carol`).expect(404);
  });

  it('add to the role in the namespace, and take nothing from it', async () => {
    await alice.put(`${path}/bob`, { role: 'reader' }).expect(200);
    expect(await permissions(bob)).toEqual(['pull', 'push', 'delete', 'manage']);
    await alice.put(`${path}/bob`, { role: 'owner' }).expect(200);
    expect(await permissions(bob)).toEqual(['pull', 'push', 'delete', 'manage', 'administer']);
    await bob.get(path).expect(200);
    await alice.delete(`${path}/bob`).expect(204);
    await bob.get(path).expect(403);
  });

  it('to a team reach its members, for as long as they are', async () => {
    await alice.post('/namespaces/team/teams', { name: 'devs' }).expect(201);
    const { body } = await alice.put(`${path}/teams/devs`, { role: 'owner' }).expect(200);
    expect(body).toMatchObject({ kind: 'team', name: 'devs', role: 'owner' });
    await bob.get(path).expect(403);
    await alice.put('/namespaces/team/teams/devs/members/bob').expect(200);
    await bob.get(path).expect(200);
    await alice.delete('/namespaces/team/teams/devs/members/bob').expect(204);
    await bob.get(path).expect(403);
    await alice.put('/namespaces/team/teams/devs/members/bob').expect(200);
    await alice.delete(`${path}/teams/devs`).expect(204);
    await bob.get(path).expect(403);
    await alice.put(`${path}/teams/devs`, { role: 'owner' }).expect(200);
    await alice.delete('/namespaces/team/teams/devs').expect(204);
    await bob.get(path).expect(403);
    expect((await alice.get(path).expect(200)).body.items).toEqual([]);
  });

  it('to a robot of another namespace are made by who owns both', async () => {
    const { body: robot } = await carol
      .post('/namespaces/other/robots', { name: 'ci', scopes: ['repository:read'] })
      .expect(201);
    const ci = apiOf(app, { username: robot.username, password: robot.secret });
    const refused = await alice.put(`${path}/robots/robot+other+ci`, { role: 'reader' }).expect(404);
    const absent = await alice.put(`${path}/robots/robot+other+no`, { role: 'reader' }).expect(404);
    const nowhere = await alice.put(`${path}/robots/robot+nowhere+ci`, { role: 'reader' }).expect(404);
    const shapes = [refused, absent, nowhere].map(({ body }) => body.detail.replace(/"robot[^"]+"/, 'X'));
    expect(new Set(shapes).size).toBe(1);
    expect(await permissions(ci)).toEqual([]);
    await alice.put(`${path}/carol`, { role: 'owner' }).expect(200);
    const granted = await carol.put(`${path}/robots/robot+other+ci`, { role: 'reader' }).expect(200);
    expect(granted.body).toMatchObject({ kind: 'robot', name: 'robot+other+ci', role: 'reader' });
    expect(await permissions(ci)).toEqual(['pull']);
    await alice.delete(`${path}/robots/robot+other+ci`).expect(204);
    expect(await permissions(ci)).toEqual([]);
    await alice.delete(`${path}/carol`).expect(204);
  });

  it('are listed, oldest first, page by page', async () => {
    await alice.post('/namespaces/team/robots', { name: 'ci', scopes: ['repository:read'] }).expect(201);
    await alice.post('/namespaces/team/teams', { name: 'ops' }).expect(201);
    await alice.put(`${path}/dave`, { role: 'reader' }).expect(200);
    await alice.put(`${path}/teams/ops`, { role: 'writer' }).expect(200);
    await alice.put(`${path}/robots/ci`, { role: 'maintainer' }).expect(200);
    const first = await alice.get(`${path}?limit=2`).expect(200);
    const second = await alice.get(`${path}?limit=2&cursor=${first.body.nextCursor}`).expect(200);
    expect([...first.body.items, ...second.body.items]).toMatchObject([
      { kind: 'user', name: 'dave', role: 'reader' },
      { kind: 'team', name: 'ops', role: 'writer' },
      { kind: 'robot', name: 'robot+team+ci', role: 'maintainer' },
    ]);
    expect(second.body.nextCursor).toBeUndefined();
  });

  it.each([
    'nosuchuser',
    'disabled',
    'Upper',
    'robot+team+ci',
    '%00',
    'teams/nosuch',
    'teams/%00',
    'robots/nosuch',
    'robots/robot+team+nosuch',
    'robots/robot+%00+ci',
    'robots/robot+team+',
  ])('are made to no %s', async (grantee) => {
    await world.user('disabled').catch(() => undefined);
    await world.sql(`UPDATE users SET disabled_at = now() WHERE username = 'disabled'`);
    await alice.put(`${path}/${grantee}`, { role: 'reader' }).expect(404);
    await alice.delete(`${path}/${grantee}`).expect(404);
  });

  it('to a user who was disabled meanwhile can be taken away', async () => {
    await world.user('leaver');
    await alice.put(`${path}/leaver`, { role: 'reader' }).expect(200);
    await world.sql(`UPDATE users SET disabled_at = now() WHERE username = 'leaver'`);
    await alice.delete(`${path}/leaver`).expect(204);
  });

  it.each([{ role: 'admin' }, {}, { role: 'reader', repositoryId: '1' }])(
    'are not made from %j',
    async (body) => {
      await alice.put(`${path}/dave`, body).expect(400);
    },
  );

  it('are for who may administer it: absent for who cannot read it, denied to who can', async () => {
    const requests = (someone: Api) => [
      someone.get(path),
      someone.put(`${path}/dave`, { role: 'owner' }),
      someone.delete(`${path}/dave`),
      someone.put(`${path}/teams/ops`, { role: 'owner' }),
      someone.delete(`${path}/teams/ops`),
      someone.put(`${path}/robots/ci`, { role: 'owner' }),
      someone.delete(`${path}/robots/ci`),
    ];
    const narrow = apiOf(app, await world.accessToken('alice', { scopes: ['repository:read'] }));
    const limited = apiOf(app, await world.accessToken('alice', { repositories: ['team/other'] }));
    for (const [someone, status] of [
      [bob, 403],
      [narrow, 403],
      [carol, 404],
      [limited, 404],
      [apiOf(app), 404],
    ] as const) {
      for (const request of requests(someone)) await request.expect(status);
    }
    await admin.get(path).expect(200);
  });

  it('of one repository are no matter of its neighbours', async () => {
    await alice.put(`${path}/carol`, { role: 'owner' }).expect(200);
    await carol.get('/repositories/team%2Fother/grants').expect(404);
    await carol.put('/repositories/team%2Fother/grants/carol', { role: 'owner' }).expect(404);
    await alice.delete(`${path}/carol`).expect(204);
  });

  it('on a repository of one component are those of library', async () => {
    await admin.post('/repositories', { name: 'alpine', visibility: 'private' }).expect(201);
    await admin.put('/repositories/alpine/grants/carol', { role: 'reader' }).expect(200);
    await carol.get('/repositories/library%2Falpine').expect(200);
    expect((await admin.get('/repositories/library%2Falpine/grants').expect(200)).body.items).toHaveLength(1);
  });

  it('are recorded', async () => {
    await world.repository('team/logged');
    await alice.put('/repositories/team%2Flogged/grants/carol', { role: 'reader' }).expect(200);
    await bob.delete('/repositories/team%2Flogged/grants/carol').expect(403);
    await alice.delete('/repositories/team%2Flogged/grants/carol').expect(204);
    const rows = await world.sql(
      `SELECT actor, action, result, details FROM audit_log WHERE object = 'repository:team/logged' ORDER BY id`,
    );
    expect(rows).toMatchObject([
      { actor: 'alice', action: 'grant.set', result: 'done', details: { user: 'carol', role: 'reader' } },
      { actor: 'bob', action: 'grant.remove', result: 'refused' },
      { actor: 'alice', action: 'grant.remove', result: 'done', details: { user: 'carol' } },
    ]);
  });
});
