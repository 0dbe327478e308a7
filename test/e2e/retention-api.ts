import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

/** A Berth whose organization `team` alice owns and bob may write to; alice pushes by `client`. */
export interface RetentionSite {
  readonly app: TestApp;
  readonly world: World;
  readonly alice: Api;
  readonly client: RegistryClient;
  close(): Promise<void>;
  /** Digests of what a repository has, trash left out, sorted. */
  manifestsOf(name: string): Promise<string[]>;
}

export async function startRetentionSite(): Promise<RetentionSite> {
  const app = await startApp();
  const world = await World.open(app.databaseUrl);
  for (const name of ['alice', 'bob']) await world.user(name);
  await world.organization('team', { alice: 'owner', bob: 'writer' });
  const owner = await world.accessToken('alice');
  return {
    app,
    world,
    alice: apiOf(app, owner),
    client: new RegistryClient({ url: app.url, credentials: owner, scheme: 'basic' }),
    async close() {
      await world.close();
      await app.close();
    },
    async manifestsOf(name) {
      const rows = await world.sql<{ digest: string }>(
        `SELECT digest FROM manifests JOIN repositories r ON r.id = repository_id WHERE r.name = $1`,
        [name],
      );
      return rows.map(({ digest }) => digest).sort();
    },
  };
}

/** The address of a repository below /api/v1. */
export function at(name: string): string {
  return `/repositories/${encodeURIComponent(name)}`;
}
