import { afterAll, beforeAll } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { basic } from '../support/authorization.js';
import type { Credentials } from '../support/registry-client.js';
import { World } from '../support/world.js';

export let app: TestApp;
export let world: World;
export let admin: Api;
export let alice: Api;
export let bob: Api;
export let carol: Api;

export let count = 0;
export interface MadeRobot {
  name: string;
  credentials: Credentials;
  api: Api;
}

export async function made(body: object = {}, namespace = 'team'): Promise<MadeRobot> {
  count += 1;
  const name = `robot-${count}`;
  const { body: answer } = await alice
    .post(`/namespaces/${namespace}/robots`, { name, scopes: ['repository:read'], ...body })
    .expect(201);
  const credentials = { username: answer.username, password: answer.secret };
  return { name, credentials, api: apiOf(app, credentials) };
}

export const statusOf = async ({ credentials }: MadeRobot, repository = 'team/app') => {
  const headers = { authorization: basic(credentials) };
  const response = await fetch(`${app.url}/v2/${repository}/tags/list`, { headers });
  await response.arrayBuffer();
  return response.status;
};

/** An app of its own for a file of tests, with the people they need. */
export function setUp(): void {
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
}
