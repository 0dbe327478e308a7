import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AccessService } from '../../apps/registry-api/src/access/access.service.js';
import { operatorCredential, type Requester } from '../../apps/registry-api/src/access/credential.js';
import type { Difference } from '../../apps/registry-api/src/fsck/difference.js';
import { FsckService } from '../../apps/registry-api/src/fsck/fsck.service.js';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken } from '../support/authorization.js';
import { randomBlob, randomImage } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { StoreObjects } from '../support/store-objects.js';
import { World } from '../support/world.js';

describe('fsck', () => {
  let app: TestApp;
  let world: World;
  let client: RegistryClient;
  let objects: StoreObjects;
  let fsck: FsckService;
  let operator: Requester;
  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    client = new RegistryClient({ url: app.url, credentials: await adminToken(app), scheme: 'basic' });
    objects = new StoreObjects(app);
    fsck = app.nest.get(FsckService, { strict: false });
    const facts = await app.nest.get(AccessService, { strict: false }).whoIs(operatorCredential);
    operator = { credential: operatorCredential, presented: 'session', address: '', facts };
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  it('goes on where it was broken off, and looks at nothing twice', async () => {
    for (let count = 0; count < 20; count++) await client.pushBlob('team/app', randomBlob(100));
    const stop = new AbortController();
    const seen: number[] = [];
    const onProgress = ({ checkedCount }: { checkedCount: number }) => {
      seen.push(checkedCount);
      if (checkedCount === 8) stop.abort();
    };
    const first = await fsck.check(operator, { isDeep: true, signal: stop.signal, onProgress });
    expect(first).toMatchObject({ isComplete: false, checkedCount: 8, checkedBytes: 800 });
    const rest = await fsck.check(operator, { isDeep: true, isResumed: true, onProgress });
    expect(rest).toMatchObject({ isComplete: true, checkedCount: 20, checkedBytes: 2000 });
    expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    const again = await fsck.check(operator, { isDeep: true, isResumed: true });
    expect(again).toMatchObject({ isComplete: true, checkedCount: 20 });
  });

  it('removes objects that no record names once they are old enough', async () => {
    const lost = randomBlob(100);
    await client.pushBlob('team/app', lost);
    const [row] = await world.sql<{ key: string }>('SELECT storage_key AS key FROM blobs WHERE digest = $1', [
      lost.digest,
    ]);
    await world.sql('DELETE FROM repository_blobs USING blobs WHERE blob_id = blobs.id AND digest = $1', [
      lost.digest,
    ]);
    await world.sql('DELETE FROM blobs WHERE digest = $1', [lost.digest]);
    await objects.age(row!.key, 25 * 3600);
    const found: Difference[] = [];
    const options = {
      removeUnrecordedAfterSeconds: 24 * 3600,
      onDifference: (difference: Difference) => void found.push(difference),
    };
    expect(await fsck.check(operator, options)).toMatchObject({ removed: 1, checkedCount: 20 });
    expect(found).toMatchObject([{ kind: 'unrecorded', storageKey: row!.key, sizeBytes: 100 }]);
    expect((await objects.list()).map(({ key }) => key)).not.toContain(row!.key);
    expect(await fsck.check(operator, options)).toMatchObject({ removed: 0 });
  });

  it('finds a manifest whose bytes are not those of its digest', async () => {
    const image = randomImage();
    await client.push('team/broken', image, 'latest');
    const { digest } = image;
    await world.sql(`UPDATE manifests SET bytes = '{}' WHERE digest = $1`, [digest]);
    const found: Difference[] = [];
    await fsck.check(operator, { isDeep: true, onDifference: (difference) => void found.push(difference) });
    expect(found).toMatchObject([{ kind: 'manifest', digest, repository: 'team/broken' }]);
  });
});
