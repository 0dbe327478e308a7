import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { World } from '../support/world.js';

describe('ids across namespaces', () => {
  let app: TestApp;
  let world: World;
  let alice: Api;
  let bob: Api;
  let tokenId: string;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    for (const username of ['alice', 'bob']) await world.user(username);
    await world.organization('ours', { alice: 'owner' });
    await world.organization('theirs', { bob: 'owner' });
    await world.repository('ours/app');
    await world.repository('theirs/app');
    alice = apiOf(app, await world.accessToken('alice'));
    bob = apiOf(app, await world.accessToken('bob'));
    await alice.post('/namespaces/ours/teams', { name: 'devs' }).expect(201);
    await alice.post('/namespaces/ours/robots', { name: 'ci', scopes: ['repository:read'] }).expect(201);
    await alice.put('/repositories/ours%2Fapp/grants/teams/devs', { role: 'writer' }).expect(200);
    await alice.put('/repositories/ours%2Fapp/grants/robots/ci', { role: 'writer' }).expect(200);
    const made = await alice.post('/access-tokens', { name: 'ci', scopes: ['repository:read'] }).expect(201);
    tokenId = made.body.id;
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  /** Every route that names an object of a namespace or a person; `theirs` is bob's, the objects are alice's. */
  const routes: { route: string; ask: (someone: Api) => ReturnType<Api['get']> }[] = [
    { route: 'GET team', ask: (api) => api.get('/namespaces/theirs/teams/devs') },
    { route: 'PATCH team', ask: (api) => api.patch('/namespaces/theirs/teams/devs', { description: 'x' }) },
    { route: 'DELETE team', ask: (api) => api.delete('/namespaces/theirs/teams/devs') },
    { route: 'GET team members', ask: (api) => api.get('/namespaces/theirs/teams/devs/members') },
    { route: 'PUT team member', ask: (api) => api.put('/namespaces/theirs/teams/devs/members/bob') },
    { route: 'DELETE team member', ask: (api) => api.delete('/namespaces/theirs/teams/devs/members/bob') },
    { route: 'GET robot', ask: (api) => api.get('/namespaces/theirs/robots/ci') },
    { route: 'PATCH robot', ask: (api) => api.patch('/namespaces/theirs/robots/ci', { isDisabled: true }) },
    { route: 'POST robot rotation', ask: (api) => api.post('/namespaces/theirs/robots/ci/rotate') },
    { route: 'DELETE robot', ask: (api) => api.delete('/namespaces/theirs/robots/ci') },
    { route: 'DELETE member', ask: (api) => api.delete('/namespaces/theirs/members/alice') },
    {
      route: 'PUT team grant',
      ask: (api) => api.put('/repositories/theirs%2Fapp/grants/teams/devs', { role: 'owner' }),
    },
    {
      route: 'DELETE team grant',
      ask: (api) => api.delete('/repositories/theirs%2Fapp/grants/teams/devs'),
    },
    {
      route: 'PUT robot grant',
      ask: (api) => api.put('/repositories/theirs%2Fapp/grants/robots/robot+ours+ci', { role: 'owner' }),
    },
    {
      route: 'DELETE robot grant',
      ask: (api) => api.delete('/repositories/theirs%2Fapp/grants/robots/robot+ours+ci'),
    },
    { route: 'GET access token', ask: (api) => api.get(`/access-tokens/${tokenId}`) },
    { route: 'POST access token rotation', ask: (api) => api.post(`/access-tokens/${tokenId}/rotate`) },
    { route: 'DELETE access token', ask: (api) => api.delete(`/access-tokens/${tokenId}`) },
    { route: 'DELETE access token as admin', ask: (api) => api.delete(`/admin/access-tokens/${tokenId}`) },
    { route: 'DELETE robot as admin', ask: (api) => api.delete('/admin/robots/1') },
  ];

  it.each(routes)("$route: B's path with A's object is 404, and so is A's path for B", async ({ ask }) => {
    await ask(bob).expect(404);
    const ofOurs: Api = {
      get: (path) => bob.get(path.replace('theirs', 'ours')),
      post: (path, body) => bob.post(path.replace('theirs', 'ours'), body),
      put: (path, body) => bob.put(path.replace('theirs', 'ours'), body),
      patch: (path, body) => bob.patch(path.replace('theirs', 'ours'), body),
      delete: (path) => bob.delete(path.replace('theirs', 'ours')),
    };
    await ask(ofOurs).expect(404);
  });

  it('and nothing of it was touched', async () => {
    await alice.get('/namespaces/ours/teams/devs').expect(200);
    await alice.get(`/access-tokens/${tokenId}`).expect(200);
    expect((await alice.get('/namespaces/ours/robots/ci').expect(200)).body.isDisabled).toBe(false);
    expect((await alice.get('/repositories/ours%2Fapp/grants').expect(200)).body.items).toHaveLength(2);
    expect((await bob.get('/repositories/theirs%2Fapp/grants').expect(200)).body.items).toEqual([]);
  });
});
