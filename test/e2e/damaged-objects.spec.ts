import type { BlobStore } from '@berth/storage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BLOB_STORE } from '../../apps/registry-api/src/blobs/blob-store.provider.js';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken } from '../support/authorization.js';
import { randomBlob } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

describe('a blob that an S3 store has lost', () => {
  let app: TestApp;
  let world: World;
  let client: RegistryClient;

  beforeAll(async () => {
    app = await startApp({ storage: 's3' });
    world = await World.open(app.databaseUrl);
    client = new RegistryClient({ url: app.url, credentials: await adminToken(app), scheme: 'basic' });
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  it.each([1000, 300_000])('of %d bytes is unknown, until a push heals it', async (sizeBytes) => {
    const blob = randomBlob(sizeBytes);
    await client.pushBlob('team/app', blob);
    const [row] = await world.sql<{ key: string }>('SELECT storage_key AS key FROM blobs WHERE digest = $1', [
      blob.digest,
    ]);
    await app.nest.get<BlobStore>(BLOB_STORE, { strict: false }).delete([row!.key]);

    const ranged = { headers: { range: 'bytes=0-9' } };
    expect((await client.request('GET', `/v2/team/app/blobs/${blob.digest}`, ranged)).status).toBe(404);
    expect(await client.hasBlob('team/app', blob.digest)).toBe(false);
    await client.pushBlob('team/app', blob);
    expect((await client.pullBlob('team/app', blob.digest)).equals(blob.bytes)).toBe(true);
  });
});
