import type { BlobStore, StoredObject } from '@berth/storage';
import { BLOB_STORE } from '../../apps/registry-api/src/blobs/blob-store.provider.js';
import { type Collected, Collector } from '../../apps/registry-api/src/garbage-collection/collector.js';
import type { TestApp } from './app.js';
import type { World } from './world.js';

/** One collection in this process, as the job runs it; grace 0 unless said otherwise. */
export function collect(
  app: TestApp,
  options: { graceSeconds?: number; dryRun?: boolean } = {},
): Promise<Collected> {
  const run = { signal: new AbortController().signal, report: () => undefined };
  const { graceSeconds = 0, dryRun: isDryRun = false } = options;
  return app.nest.get(Collector, { strict: false }).collect({ graceSeconds, isDryRun }, run);
}

/** Everything that lies in the store as a blob. */
export async function storedObjects(app: TestApp): Promise<StoredObject[]> {
  const store = app.nest.get<BlobStore>(BLOB_STORE, { strict: false });
  const objects: StoredObject[] = [];
  for await (const object of store.list()) objects.push(object);
  return objects;
}

export async function storedBytes(app: TestApp): Promise<number> {
  const objects = await storedObjects(app);
  return objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

/** As if nobody had touched any blob for so long. */
export async function letTimePass(world: World, seconds: number): Promise<void> {
  for (const table of ['blobs', 'repository_blobs']) {
    await world.sql(`UPDATE ${table} SET touched_at = touched_at - make_interval(secs => $1)`, [seconds]);
  }
  await world.sql('UPDATE link_checks SET used_at = used_at - make_interval(secs => $1)', [seconds]);
  await world.sql('UPDATE uploads SET updated_at = updated_at - make_interval(secs => $1)', [seconds]);
}

/** What is in trash goes for good. */
export async function emptyTrash(world: World): Promise<void> {
  await world.sql('DELETE FROM trashed_manifests');
}
