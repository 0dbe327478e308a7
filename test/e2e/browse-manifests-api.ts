import { afterAll, beforeAll } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { descriptorOf, type TestManifest } from '../support/images.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

export let app: TestApp;
export let world: World;
export let alice: Credentials;
export let api: Api;
export let client: RegistryClient;

export const pathOf = (name: string, reference: string) =>
  `/repositories/${encodeURIComponent(name)}/${reference.includes(':') ? 'manifests' : 'tags'}/${reference}`;
export const detailOf = async (name: string, reference: string, as: Api = api) =>
  (await as.get(pathOf(name, reference)).expect(200)).body;
export const subjectOf = (manifest: TestManifest) => descriptorOf(manifest);

/** An app of its own for a file of tests, with the people they need. */
export function setUp(): void {
  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    await world.user('alice');
    await world.user('bob');
    alice = await world.accessToken('alice');
    api = apiOf(app, alice);
    client = new RegistryClient({ url: app.url, credentials: alice, scheme: 'basic' });
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });
}
