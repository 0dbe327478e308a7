import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { basic } from '../support/authorization.js';
import type { Credentials } from '../support/registry-client.js';
import { World } from '../support/world.js';

describe('refresh token of a revoked credential', () => {
  let app: TestApp;
  let world: World;
  let alice: Api;
  let admin: Api;
  const scope = 'repository:alice/app:pull';

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    await world.user('alice');
    await world.repository('alice/app');
    alice = apiOf(app, await world.accessToken('alice'));
    admin = apiOf(app, await world.accessToken('admin'));
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  /** What may be asked for again and again with one refresh token. */
  async function refreshes(credentials: Credentials): Promise<() => Promise<number>> {
    const { body } = await supertest(app.url)
      .get(`/token?offline_token=true&scope=${scope}`)
      .set('Authorization', basic(credentials))
      .expect(200);
    const form = { grant_type: 'refresh_token', refresh_token: body.refresh_token, client_id: 'test', scope };
    return async () => (await supertest(app.url).post('/token').type('form').send(form)).status;
  }

  async function accessToken(): Promise<Credentials & { id: string }> {
    const { body } = await alice
      .post('/access-tokens', { name: 'made', scopes: ['repository:read'] })
      .expect(201);
    return { id: body.id, username: 'alice', password: body.token };
  }

  async function robot(name: string): Promise<Credentials & { path: string }> {
    const { body } = await alice
      .post('/namespaces/alice/robots', { name, scopes: ['repository:read'] })
      .expect(201);
    return { path: `/namespaces/alice/robots/${name}`, username: body.username, password: body.secret };
  }

  it('access token revoked by its owner: 401', async () => {
    const credentials = await accessToken();
    const refresh = await refreshes(credentials);
    expect(await refresh()).toBe(200);
    await alice.delete(`/access-tokens/${credentials.id}`).expect(204);
    expect(await refresh()).toBe(401);
  });

  it('access token revoked by an admin: 401', async () => {
    const credentials = await accessToken();
    const refresh = await refreshes(credentials);
    expect(await refresh()).toBe(200);
    await admin.post('/admin/access-tokens/revocations', { ids: [credentials.id] }).expect(200);
    expect(await refresh()).toBe(401);
  });

  it('access token rotated: 401 at the end of the overlap, the new one lives on', async () => {
    const credentials = await accessToken();
    const before = await refreshes(credentials);
    const path = `/access-tokens/${credentials.id}/rotate`;
    const { body } = await alice.post(path, { overlapSeconds: 600 }).expect(200);
    const during = await refreshes(credentials);
    const after = await refreshes({ username: 'alice', password: body.token });
    const statuses = async () => [await before(), await during(), await after()];
    expect(await statuses()).toEqual([200, 200, 200]);
    await world.sql('UPDATE access_tokens SET previous_expires_at = now() WHERE id = $1', [credentials.id]);
    expect(await statuses()).toEqual([401, 401, 200]);
  });

  it('access token rotated without overlap: 401 at once', async () => {
    const credentials = await accessToken();
    const refresh = await refreshes(credentials);
    await alice.post(`/access-tokens/${credentials.id}/rotate`).expect(200);
    expect(await refresh()).toBe(401);
  });

  it.each([
    { what: 'deleted', end: (path: string) => alice.delete(path).expect(204) },
    { what: 'disabled', end: (path: string) => alice.patch(path, { isDisabled: true }).expect(200) },
    { what: 'rotated', end: (path: string) => alice.post(`${path}/rotate`).expect(200) },
  ])('robot $what: 401', async ({ what, end }) => {
    const { path, ...credentials } = await robot(what);
    const refresh = await refreshes(credentials);
    expect(await refresh()).toBe(200);
    await end(path);
    expect(await refresh()).toBe(401);
  });

  it('what the credential may no longer do, a refreshed token may not either', async () => {
    const credentials = await robot('narrowed');
    const { body: offline } = await supertest(app.url)
      .get(`/token?offline_token=true&scope=${scope}`)
      .set('Authorization', basic(credentials))
      .expect(200);
    await alice.patch(credentials.path, { repositories: ['alice/other'] }).expect(200);
    const { body } = await supertest(app.url)
      .post('/token')
      .type('form')
      .send({ grant_type: 'refresh_token', refresh_token: offline.refresh_token, client_id: 'test', scope })
      .expect(200);
    expect(body.scope).toBe('');
  });
});
