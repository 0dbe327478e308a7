// needs: dockerd docker busybox
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { type DockerEngine, startDocker } from '../support/docker-engine.js';
import type { Credentials } from '../support/registry-client.js';
import { World } from '../support/world.js';

let app: TestApp;
let world: World;
let engine: DockerEngine;
let alice: Api;
let image: string;

beforeAll(async () => {
  app = await startApp();
  world = await World.open(app.databaseUrl);
  for (const username of ['alice', 'reader', 'writer']) await world.user(username);
  await world.organization('team', { alice: 'owner', reader: 'reader', writer: 'writer' });
  const owner = await world.accessToken('alice');
  alice = apiOf(app, owner);
  engine = await startDocker();
  image = `${app.host}/team/app:1`;
  await engine.buildBusybox(image);
  await (await loggedIn(owner)).docker('push', image);
});

afterAll(async () => {
  await engine?.stop();
  await world?.close();
  await app?.close();
});

const login = ({ username, password }: Credentials) =>
  engine
    .as(username)
    .dockerAnyway(['login', '--username', username, '--password-stdin', app.host], { input: password });

async function loggedIn(credentials: Credentials): Promise<DockerEngine> {
  const { code, stderr } = await login(credentials);
  if (code !== 0) throw new Error(`docker login: ${stderr}`);
  return engine.as(credentials.username);
}

const denied = /denied|unauthorized|insufficient_scope/;

/** What roles and credentials allow, as people meet it: with a real engine. */
describe('docker, with less than all rights', () => {
  test('a reader pulls and cannot push', async () => {
    const reader = await loggedIn(await world.accessToken('reader'));
    await reader.docker('pull', image);
    const { code, stderr } = await reader.dockerAnyway(['push', image]);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(denied);
  });

  test('a writer pushes and cannot delete', async () => {
    const credentials = await world.accessToken('writer');
    const writer = await loggedIn(credentials);
    await writer.docker('tag', image, `${app.host}/team/app:2`);
    await writer.docker('push', `${app.host}/team/app:2`);
    await apiOf(app, credentials).delete('/repositories/team%2Fapp').expect(403);
  });

  test('access taken away: the next docker pull is refused', async () => {
    const reader = await loggedIn(await world.accessToken('reader'));
    await reader.docker('pull', image);
    await alice.delete('/namespaces/team/members/reader').expect(204);
    const { code, stderr } = await reader.dockerAnyway(['pull', image]);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(denied);
  });

  test('a robot logs in under its name without quotes, and does what its scopes say', async () => {
    const { body } = await alice
      .post('/namespaces/team/robots', { name: 'ci', scopes: ['repository:read'] })
      .expect(201);
    const robot = await loggedIn({ username: body.username, password: body.secret });
    await robot.docker('pull', image);
    expect((await robot.dockerAnyway(['push', image])).code).not.toBe(0);
  });

  test("a revoked token's next docker login fails and says so", async () => {
    const { body } = await alice
      .post('/access-tokens', { name: 'ci', scopes: ['repository:read'] })
      .expect(201);
    const credentials = { username: 'alice', password: body.token };
    await loggedIn(credentials);
    await alice.delete(`/access-tokens/${body.id}`).expect(204);
    const { code, stderr } = await login(credentials);
    expect(code).not.toBe(0);
    expect(stderr).toContain('This credential was revoked');
  });

  test('an expired token says at docker login that it has expired', async () => {
    const { body } = await alice
      .post('/access-tokens', { name: 'ci', scopes: ['repository:read'] })
      .expect(201);
    await world.sql('UPDATE access_tokens SET expires_at = now() WHERE id = $1', [body.id]);
    const { code, stderr } = await login({ username: 'alice', password: body.token });
    expect(code).not.toBe(0);
    expect(stderr).toContain('This access token has expired: make a new one.');
  });
});
