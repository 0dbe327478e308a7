import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken } from '../support/authorization.js';
import { randomBlob } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { storageKinds } from '../support/storage-settings.js';
import { StoreObjects } from '../support/store-objects.js';
import { World } from '../support/world.js';

describe.each(storageKinds)('a blob that the store has lost or cut, on %s', (storage) => {
  let app: TestApp;
  let world: World;
  let client: RegistryClient;
  let objects: StoreObjects;

  beforeAll(async () => {
    app = await startApp({ storage });
    world = await World.open(app.databaseUrl);
    objects = new StoreObjects(app);
    client = new RegistryClient({ url: app.url, credentials: await adminToken(app), scheme: 'basic' });
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  const damages: Record<string, (key: string) => Promise<void>> = {
    lost: (key) => objects.remove(key),
    cut: (key) => objects.change(key, (bytes) => bytes.subarray(0, 500)),
    emptied: (key) => objects.change(key, () => Buffer.alloc(0)),
  };
  const cases = Object.keys(damages).flatMap((damage) =>
    [1000, 300_000].flatMap((sizeBytes) => [
      { damage, sizeBytes, headers: { range: 'bytes=0-9' } },
      { damage, sizeBytes, headers: undefined },
    ]),
  );

  it.each(cases)(
    'of $sizeBytes bytes, $damage, is unknown ($headers), until a push heals it',
    async (each) => {
      const blob = randomBlob(each.sizeBytes);
      await client.pushBlob('team/app', blob);
      const [row] = await world.sql<{ key: string }>(
        'SELECT storage_key AS key FROM blobs WHERE digest = $1',
        [blob.digest],
      );
      await damages[each.damage]!(row!.key);

      const { headers } = each;
      expect((await client.request('GET', `/v2/team/app/blobs/${blob.digest}`, { headers })).status).toBe(
        404,
      );
      expect(await client.hasBlob('team/app', blob.digest)).toBe(false);
      await client.pushBlob('team/app', blob);
      expect((await client.pullBlob('team/app', blob.digest)).equals(blob.bytes)).toBe(true);
    },
  );
});
