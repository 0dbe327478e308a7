import { afterAll, beforeAll } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { World } from '../support/world.js';

export let app: TestApp;
export let world: World;
export let admin: Api;
export let alice: Api;
export let bob: Api;
export let carol: Api;
export const nobody = () => apiOf(app);

/** An app of its own for a file of tests, with the people they need. */
export function setUp(): void {
  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    admin = apiOf(app, await world.accessToken('admin'));
    const signedIn = async (username: string) => {
      await world.user(username);
      return apiOf(app, await world.accessToken(username));
    };
    [alice, bob, carol] = [await signedIn('alice'), await signedIn('bob'), await signedIn('carol')];
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });
}
