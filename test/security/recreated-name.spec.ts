import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { bearer } from '../support/authorization.js';
import { randomImage } from '../support/images.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

describe('recreated name, old token', () => {
  let app: TestApp;
  let world: World;
  let owner: Credentials;
  let bob: Credentials;
  let alice: Api;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    for (const username of ['alice', 'bob']) await world.user(username);
    await world.organization('team', { alice: 'owner' });
    owner = await world.accessToken('alice');
    bob = await world.accessToken('bob');
    alice = apiOf(app, owner);
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  const push = (repository: string) =>
    new RegistryClient({ url: app.url, credentials: owner }).push(repository, randomImage(), 'v1');
  const ask = async (authorization: string, method: 'get' | 'delete', repository: string) => {
    const { status, headers, body } = await supertest(app.url)
      [method](`/v2/${repository}/manifests/v1`)
      .set('Authorization', authorization);
    const { date: _date, 'x-request-id': _id, ...kept } = headers;
    const shape = JSON.stringify({ body, kept }).replaceAll(repository, 'X');
    return { status, shape };
  };

  it('token, delete repository, recreate: 401, as for an absent name', async () => {
    await push('team/app');
    await alice.put('/repositories/team%2Fapp/grants/bob', { role: 'maintainer' }).expect(200);
    const old = await bearer(app.url, ['repository:team/app:pull,delete'], bob);
    expect((await ask(old, 'get', 'team/app')).status).toBe(200);
    await alice.delete('/repositories/team%2Fapp').expect(204);
    await push('team/app');
    const never = await bearer(app.url, ['repository:team/absent:pull,delete'], bob);
    for (const method of ['get', 'delete'] as const) {
      const recreated = await ask(old, method, 'team/app');
      expect(recreated.status).toBe(401);
      expect(recreated.shape).toBe((await ask(never, method, 'team/absent')).shape);
    }
  });

  it('even for who may pull the new one, until a new token', async () => {
    await push('team/again');
    const old = await bearer(app.url, ['repository:team/again:pull'], owner);
    await alice.delete('/repositories/team%2Fagain').expect(204);
    await push('team/again');
    expect((await ask(old, 'get', 'team/again')).status).toBe(401);
    const renewed = await bearer(app.url, ['repository:team/again:pull'], owner);
    expect((await ask(renewed, 'get', 'team/again')).status).toBe(200);
  });

  it('a namespace, once deleted, is not recreated by anybody else', async () => {
    await alice.post('/namespaces', { name: 'gone' }).expect(201);
    await alice.delete('/namespaces/gone').expect(204);
    await apiOf(app, bob).post('/namespaces', { name: 'gone' }).expect(409);
    const admin = apiOf(app, await world.accessToken('admin'));
    await admin.post('/users', { username: 'gone', password: 'correct horse battery' }).expect(409);
  });
});
