import supertest from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { basic, bearer } from '../support/authorization.js';
import { signIn } from '../support/browser.js';
import { randomImage } from '../support/images.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

describe('access after revocation', () => {
  let app: TestApp;
  let replica: TestApp;
  let world: World;
  let alice: Api;
  let bob: Credentials;
  let made = 0;

  beforeAll(async () => {
    app = await startApp();
    replica = await startApp({
      env: { BERTH_DATABASE_URL: app.databaseUrl, BERTH_PUBLIC_URL: `http://${app.host}` },
    });
    world = await World.open(app.databaseUrl);
    await world.user('alice');
    await world.organization('team', { alice: 'owner' });
    const owner = await world.accessToken('alice');
    alice = apiOf(app, owner);
    await new RegistryClient({ url: app.url, credentials: owner }).push('team/app', randomImage(), 'v1');
  });
  afterAll(async () => {
    await world.close();
    await replica.close();
    await app.close();
  });
  beforeEach(async () => {
    made += 1;
    bob = await world.user(`bob${made}`);
  });

  const manifest = '/v2/team/app/manifests/v1';

  /** One request with everything that bob can have got, to the other replica; answers their statuses. */
  async function heldBy(user: Credentials): Promise<() => Promise<number[]>> {
    const token = await world.accessToken(user.username);
    const scopes = ['repository:team/app:pull'];
    const bearers = [await bearer(app.url, scopes, user), await bearer(app.url, scopes, token)];
    const { cookie } = await signIn(app, user);
    const get = (path: string) => supertest(replica.url).get(path);
    return async () => {
      const answers = [
        await get(manifest).set('Authorization', basic(user)),
        await get(manifest).set('Authorization', basic(token)),
        ...(await Promise.all(bearers.map((value) => get(manifest).set('Authorization', value)))),
        await get('/api/v1/repositories/team%2Fapp').set('Cookie', cookie),
        await get('/api/v1/repositories/team%2Fapp').set('Authorization', `Bearer ${token.password}`),
      ];
      return answers.map(({ status }) => status);
    };
  }

  const allowed = [200, 200, 200, 200, 200, 200];
  const refused = [404, 404, 401, 401, 404, 404];

  it('remove the member: refused at the next request with every credential', async () => {
    await alice.put(`/namespaces/team/members/${bob.username}`, { role: 'reader' }).expect(200);
    const statuses = await heldBy(bob);
    expect(await statuses()).toEqual(allowed);
    await alice.delete(`/namespaces/team/members/${bob.username}`).expect(204);
    expect(await statuses()).toEqual(refused);
  });

  it('remove the grant: refused at the next request with every credential', async () => {
    const path = `/repositories/team%2Fapp/grants/${bob.username}`;
    await alice.put(path, { role: 'reader' }).expect(200);
    const statuses = await heldBy(bob);
    expect(await statuses()).toEqual(allowed);
    await alice.delete(path).expect(204);
    expect(await statuses()).toEqual(refused);
  });

  it('remove from the team, or the team: refused at the next request with every credential', async () => {
    await alice.post('/namespaces/team/teams', { name: `team${made}` }).expect(201);
    await alice.put(`/repositories/team%2Fapp/grants/teams/team${made}`, { role: 'writer' }).expect(200);
    await alice.put(`/namespaces/team/members/${bob.username}`, { role: 'reader' }).expect(200);
    const pushes = async () => {
      const { status } = await supertest(replica.url)
        .post('/v2/team/app/blobs/uploads/')
        .set('Authorization', basic(bob));
      return status;
    };
    const member = `/namespaces/team/teams/team${made}/members/${bob.username}`;
    await alice.put(member).expect(200);
    expect(await pushes()).toBe(202);
    await alice.delete(member).expect(204);
    expect(await pushes()).toBe(403);
    await alice.put(member).expect(200);
    expect(await pushes()).toBe(202);
    await alice.delete(`/namespaces/team/teams/team${made}`).expect(204);
    expect(await pushes()).toBe(403);
  });

  it('revoke the token: refused at the next request, alone and by what was got with it', async () => {
    await alice.put(`/namespaces/team/members/${bob.username}`, { role: 'reader' }).expect(200);
    const api = apiOf(app, await world.accessToken(bob.username));
    const { body } = await api
      .post('/access-tokens', { name: 'ci', scopes: ['repository:read'] })
      .expect(201);
    const token = { username: bob.username, password: body.token };
    const fetched = await bearer(app.url, ['repository:team/app:pull'], token);
    const get = (authorization: string, path = manifest) =>
      supertest(replica.url).get(path).set('Authorization', authorization);
    const statuses = async () => [
      (await get(basic(token))).status,
      (await get(fetched)).status,
      (await get(basic(token), '/token?scope=repository:team/app:pull')).status,
      (await get(`Bearer ${token.password}`, '/api/v1/repositories/team%2Fapp')).status,
    ];
    expect(await statuses()).toEqual([200, 200, 200, 200]);
    await api.delete(`/access-tokens/${body.id}`).expect(204);
    expect(await statuses()).toEqual([401, 401, 401, 401]);
    const login = await get(basic(token), '/token');
    expect(login.body.errors[0].message).toMatch(/revoked/);
  });
});
