import { afterAll, beforeAll } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import type { Credentials } from '../support/registry-client.js';
import { World } from '../support/world.js';

export const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

export let app: TestApp;
export let world: World;
export let admin: Api;
export let alice: Api;
export let bob: Api;

export const as = (token: string, username = 'alice'): Credentials => ({ username, password: token });

export async function made(body: object = {}): Promise<{ id: string; token: string; api: Api }> {
  const { body: answer } = await alice
    .post('/access-tokens', { name: 'made', scopes: ['repository:read'], ...body })
    .expect(201);
  return { ...answer, api: apiOf(app, as(answer.token)) };
}

/** An app of its own for a file of tests, with the people they need. */
export function setUp(): void {
  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    await world.user('alice');
    await world.user('bob');
    await world.repository('alice/app');
    await world.repository('alice/other');
    admin = apiOf(app, await world.accessToken('admin'));
    alice = apiOf(app, await world.accessToken('alice'));
    bob = apiOf(app, await world.accessToken('bob'));
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });
}
