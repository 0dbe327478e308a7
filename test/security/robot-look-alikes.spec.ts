import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { basic } from '../support/authorization.js';
import { World } from '../support/world.js';

describe('robot look-alikes', () => {
  let app: TestApp;
  let world: World;
  let alice: Api;
  let mallory: Api;
  let admin: Api;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    for (const username of ['alice', 'mallory']) await world.user(username);
    await world.organization('a_b', { alice: 'owner' });
    await world.organization('axb', { mallory: 'owner' });
    await world.repository('a_b/app');
    await world.repository('axb/app');
    alice = apiOf(app, await world.accessToken('alice'));
    mallory = apiOf(app, await world.accessToken('mallory'));
    admin = apiOf(app, await world.accessToken('admin'));
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  const made = async (owner: Api, namespace: string, name: string) => {
    const { body } = await owner
      .post(`/namespaces/${namespace}/robots`, { name, scopes: ['repository:read'] })
      .expect(201);
    return { username: body.username as string, password: body.secret as string };
  };
  const tagsOf = async (repository: string, credentials: { username: string; password: string }) =>
    (await supertest(app.url).get(`/v2/${repository}/tags/list`).set('Authorization', basic(credentials)))
      .status;

  it('namespaces a_b and axb list no robots of each other', async () => {
    await made(alice, 'a_b', 'c_i');
    await made(mallory, 'axb', 'cxi');
    const namesOf = async (someone: Api, path: string) => {
      const { body } = await someone.get(path).expect(200);
      return body.items.map(({ username }: { username: string }) => username);
    };
    expect(await namesOf(alice, '/namespaces/a_b/robots')).toEqual(['robot+a_b+c_i']);
    expect(await namesOf(mallory, '/namespaces/axb/robots')).toEqual(['robot+axb+cxi']);
    expect(await namesOf(admin, '/admin/robots?namespace=a_b')).toEqual(['robot+a_b+c_i']);
    expect(await namesOf(admin, '/admin/robots?namespace=a%25')).toEqual([]);
    expect(await namesOf(admin, '/admin/robots?namespace=___')).toEqual([]);
    await alice.get('/namespaces/a_b/robots/cxi').expect(404);
    await mallory.get('/namespaces/a_b/robots/c_i').expect(404);
    await mallory.get('/namespaces/axb/robots/c_i').expect(404);
  });

  it('each pulls from its own namespace only, and under its own name only', async () => {
    const ours = await made(alice, 'a_b', 'd_i');
    const theirs = await made(mallory, 'axb', 'd_i');
    expect([await tagsOf('a_b/app', ours), await tagsOf('axb/app', ours)]).toEqual([200, 404]);
    expect([await tagsOf('a_b/app', theirs), await tagsOf('axb/app', theirs)]).toEqual([404, 200]);
    for (const username of ['robot+axb+d_i', 'robot+a_b+dxi', 'robot+a%b+d_i', 'alice', 'ROBOT+a_b+d_i']) {
      expect(await tagsOf('a_b/app', { username, password: ours.password })).toBe(401);
    }
  });

  it('grants and deletions reach the one that is named', async () => {
    await made(alice, 'a_b', 'e_i');
    await made(alice, 'a_b', 'exi');
    await alice.put('/repositories/a_b%2Fapp/grants/robots/e_i', { role: 'writer' }).expect(200);
    const { body } = await alice.get('/repositories/a_b%2Fapp/grants').expect(200);
    expect(body.items.map(({ name }: { name: string }) => name)).toEqual(['robot+a_b+e_i']);
    await alice.delete('/namespaces/a_b/robots/e_i').expect(204);
    await alice.get('/namespaces/a_b/robots/exi').expect(200);
  });

  it.each(['robot+a_b+c_i', 'robot$a_b', 'robot+x'])(
    'no user and no namespace can be named %s',
    async (name) => {
      await alice.post('/namespaces', { name }).expect(400);
      await admin.post('/users', { username: name, password: 'correct horse battery' }).expect(400);
    },
  );
});
