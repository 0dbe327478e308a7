import supertest from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { basic, bearer } from '../support/authorization.js';
import { signIn } from '../support/browser.js';
import { randomImage } from '../support/images.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

const newPassword = 'another horse battery';

/** Something somebody got hold of: how it asks for what is private, and the answer of that. */
interface Held {
  ask(): supertest.Test;
  refused: number;
}

describe('access after revocation', () => {
  let app: TestApp;
  let replica: TestApp;
  let world: World;
  let admin: Api;
  let user: Credentials;
  let made = 0;

  beforeAll(async () => {
    app = await startApp();
    replica = await startApp({
      env: { BERTH_DATABASE_URL: app.databaseUrl, BERTH_PUBLIC_URL: `http://${app.host}` },
    });
    world = await World.open(app.databaseUrl);
    admin = apiOf(app, await world.accessToken('admin'));
  });
  afterAll(async () => {
    await world.close();
    await replica.close();
    await app.close();
  });
  beforeEach(async () => {
    made += 1;
    user = await world.user(`user${made}`);
    await new RegistryClient({ url: app.url, credentials: user }).push(
      `${user.username}/app`,
      randomImage(),
      'v1',
    );
  });

  const manifestOf = ({ username }: Credentials) => `/v2/${username}/app/manifests/v1`;

  /** Everything that a password gives, and what an access token gives, asked of the other replica. */
  async function heldByPassword(): Promise<Record<string, Held>> {
    const scope = `repository:${user.username}/app:pull`;
    const { cookie } = await signIn(app, user);
    const token = await bearer(app.url, [scope], user);
    const offline = await supertest(app.url)
      .get('/token?offline_token=true')
      .set('Authorization', basic(user))
      .expect(200);
    const get = (path: string) => supertest(replica.url).get(path);
    const refresh = () =>
      supertest(replica.url).post('/token').type('form').send({
        grant_type: 'refresh_token',
        refresh_token: offline.body.refresh_token,
        client_id: 'test',
        scope,
      });
    return {
      session: { ask: () => get('/api/v1/me').set('Cookie', cookie), refused: 401 },
      'session of a list': { ask: () => get('/api/v1/repositories').set('Cookie', cookie), refused: 401 },
      'registry token': { ask: () => get(manifestOf(user)).set('Authorization', token), refused: 401 },
      'refresh token': { ask: refresh, refused: 401 },
      'password on /v2': { ask: () => get(manifestOf(user)).set('Authorization', basic(user)), refused: 401 },
      'password on /token': { ask: () => get('/token').set('Authorization', basic(user)), refused: 401 },
    };
  }

  async function heldByAccessToken(): Promise<Record<string, Held>> {
    const credentials = await world.accessToken(user.username);
    const scope = `repository:${user.username}/app:pull`;
    const token = await bearer(app.url, [scope], credentials);
    const get = (path: string) => supertest(replica.url).get(path);
    return {
      'access token on /api': {
        ask: () => get('/api/v1/me').set('Authorization', `Bearer ${credentials.password}`),
        refused: 401,
      },
      'access token on /v2': {
        ask: () => get(manifestOf(user)).set('Authorization', basic(credentials)),
        refused: 401,
      },
      'registry token of an access token': {
        ask: () => get(manifestOf(user)).set('Authorization', token),
        refused: 401,
      },
    };
  }

  const statusesOf = async (held: Record<string, Held>) => {
    const statuses: Record<string, number> = {};
    for (const [name, { ask }] of Object.entries(held)) statuses[name] = (await ask()).status;
    return statuses;
  };
  const allAnswer = (held: Record<string, Held>, status?: number) =>
    Object.fromEntries(Object.entries(held).map(([name, { refused }]) => [name, status ?? refused]));

  it('block the user: every credential is refused at the next request, in every process', async () => {
    const held = { ...(await heldByPassword()), ...(await heldByAccessToken()) };
    expect(await statusesOf(held)).toEqual(allAnswer(held, 200));
    await admin.patch(`/admin/users/${user.username}`, { isDisabled: true }).expect(200);
    expect(await statusesOf(held)).toEqual(allAnswer(held));
  });

  it('enable the user again: what the password gave stays ended', async () => {
    const { 'password on /v2': onV2, 'password on /token': onToken, ...got } = await heldByPassword();
    await admin.patch(`/admin/users/${user.username}`, { isDisabled: true }).expect(200);
    await admin.patch(`/admin/users/${user.username}`, { isDisabled: false }).expect(200);
    expect(await statusesOf(got)).toEqual(allAnswer(got));
    expect((await onV2?.ask())?.status).toBe(200);
  });

  it('change the password: what the old one gave is refused, access tokens live on', async () => {
    const [ended, living] = [await heldByPassword(), await heldByAccessToken()];
    await apiOf(app, user).put('/me/password', { oldPassword: user.password, newPassword }).expect(204);
    expect(await statusesOf(ended)).toEqual(allAnswer(ended));
    expect(await statusesOf(living)).toEqual(allAnswer(living, 200));
  });

  it('set the password by a link: the same', async () => {
    const [ended, living] = [await heldByPassword(), await heldByAccessToken()];
    const { body } = await admin.post(`/admin/users/${user.username}/password-resets`).expect(201);
    const secret = new URL(body.url).hash.slice(1);
    await apiOf(app).post(`/password-resets/${secret}`, { password: newPassword }).expect(204);
    expect(await statusesOf(ended)).toEqual(allAnswer(ended));
    expect(await statusesOf(living)).toEqual(allAnswer(living, 200));
  });

  it('delete the user: every credential is refused, and the image stays', async () => {
    const held = { ...(await heldByPassword()), ...(await heldByAccessToken()) };
    await admin.delete(`/admin/users/${user.username}?owner=admin`).expect(200);
    expect(await statusesOf(held)).toEqual(allAnswer(held));
    await supertest(replica.url).get(manifestOf(user)).set('Authorization', basic(app.admin)).expect(200);
  });

  it('take admin: what only admins may is refused at the next request', async () => {
    await admin.patch(`/admin/users/${user.username}`, { isAdmin: true }).expect(200);
    const [browser, token] = [await signIn(app, user), await world.accessToken(user.username)];
    await browser.get('/admin/audit').expect(200);
    await apiOf(replica, token).get('/admin/audit').expect(200);
    await admin.patch(`/admin/users/${user.username}`, { isAdmin: false }).expect(200);
    await browser.get('/admin/audit').expect(404);
    await apiOf(replica, token).get('/admin/audit').expect(404);
  });
});
