import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BlobCollectionStore } from '../../apps/registry-api/src/garbage-collection/blob-collection.store.js';
import { OrphanedObjects } from '../../apps/registry-api/src/garbage-collection/orphaned-objects.js';
import { startApp, type TestApp } from '../support/app.js';
import { collect, emptyTrash, letTimePass, storedObjects } from '../support/collection.js';
import { indexOf, randomBlob, randomImage, randomLayer, type TestManifest } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

const hour = 3600;
const quiet = { signal: new AbortController().signal, report: () => undefined };

describe.each(['filesystem', 's3'] as const)('a collection (%s)', (storage) => {
  let app: TestApp;
  let client: RegistryClient;
  let world: World;

  beforeAll(async () => {
    app = await startApp({ storage });
    client = new RegistryClient({ url: app.url, credentials: app.admin, scheme: 'basic' });
    world = await World.open(app.databaseUrl);
  });
  beforeEach(async () => {
    await letTimePass(world, hour);
    await emptyTrash(world);
    await collect(app);
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  async function remove(repository: string, manifest: TestManifest): Promise<void> {
    await client.expect([202], 'DELETE', `/v2/${repository}/manifests/${manifest.digest}`);
    await emptyTrash(world);
  }

  async function expectPulls(repository: string, manifest: TestManifest): Promise<void> {
    expect((await client.pullManifest(repository, manifest.digest)).equals(manifest.bytes)).toBe(true);
    for (const blob of manifest.blobs) {
      expect((await client.pullBlob(repository, blob.digest)).equals(blob.bytes)).toBe(true);
    }
    for (const child of manifest.children) await expectPulls(repository, child);
  }

  it('takes what no manifest needs, and nothing else; a dry run says the same before', async () => {
    const shared = randomLayer();
    const [kept, gone] = [
      randomImage({ layers: [shared] }),
      randomImage({ layers: [shared, randomLayer()] }),
    ];
    await client.push('team/app', kept, 'kept');
    await client.push('team/app', gone);
    const uploaded = randomBlob(100);
    await client.pushBlob('team/app', uploaded);
    await remove('team/app', gone);
    await letTimePass(world, hour);
    const before = await storedObjects(app);

    const preview = await collect(app, { graceSeconds: hour, dryRun: true });
    expect(await storedObjects(app)).toEqual(before);
    const collected = await collect(app, { graceSeconds: hour });
    expect(collected).toEqual(preview);
    const goneBlobs = [...gone.blobs.filter(({ digest }) => digest !== shared.digest), uploaded];
    expect([...collected.digests].sort()).toEqual(goneBlobs.map(({ digest }) => digest).sort());
    expect(collected).toMatchObject({
      links: 3,
      blobs: 3,
      bytes: goneBlobs.reduce((sum, { bytes }) => sum + bytes.length, 0),
    });
    expect(await storedObjects(app)).toHaveLength(before.length - 3);
    await expectPulls('team/app', kept);
    expect(await collect(app)).toMatchObject({ links: 0, blobs: 0 });
  });

  it('keeps the platforms of a tagged index, which have no tags of their own', async () => {
    const index = indexOf([randomImage({ architecture: 'amd64' }), randomImage({ architecture: 'arm64' })]);
    await client.push('team/app', index, 'multi');
    await letTimePass(world, hour);
    await collect(app);
    await expectPulls('team/app', index);
  });

  it('takes a blob from one repository and leaves it to another', async () => {
    const image = randomImage();
    await client.push('team/one', image);
    await client.push('team/two', image);
    await remove('team/one', image);
    await letTimePass(world, hour);
    const { links, blobs } = await collect(app);
    expect({ links, blobs }).toEqual({ links: image.blobs.length, blobs: 0 });
    expect(await client.hasBlob('team/one', image.blobs[0]!.digest)).toBe(false);
    await expectPulls('team/two', image);
  });

  it('keeps what is in trash, with what it needs, until it is emptied', async () => {
    const image = randomImage();
    await client.push('team/app', image);
    await client.expect([202], 'DELETE', `/v2/team/app/manifests/${image.digest}`);
    await letTimePass(world, hour);
    expect(await collect(app)).toMatchObject({ links: 0, blobs: 0 });
    await emptyTrash(world);
    expect(await collect(app)).toMatchObject({ links: 2, blobs: 2 });
  });

  describe('leaves what was touched within the grace period', () => {
    const blob = () => randomBlob(64);

    it('by an upload, also of bytes that are there already', async () => {
      const item = blob();
      await client.pushBlob('team/app', item);
      await letTimePass(world, hour);
      await client.pushBlob('team/app', item);
      expect(await collect(app, { graceSeconds: hour })).toMatchObject({ links: 0, blobs: 0 });
    });

    it('by a mount', async () => {
      const item = blob();
      await client.pushBlob('team/app', item);
      await letTimePass(world, hour);
      await client.expect([201], 'POST', `/v2/team/other/blobs/uploads/?mount=${item.digest}&from=team/app`);
      expect(await collect(app, { graceSeconds: hour })).toMatchObject({ links: 1, blobs: 0 });
      expect(await client.hasBlob('team/other', item.digest)).toBe(true);
    });

    it('by the question of a client that may push, not of one that may only pull', async () => {
      await world.user('reader');
      await world.sql(
        `INSERT INTO namespace_members (namespace_id, user_id, role)
         SELECT n.id, u.id, 'reader' FROM namespaces n, users u WHERE n.name = 'team' AND u.username = 'reader' ON CONFLICT DO NOTHING`,
      );
      const reader = new RegistryClient({
        url: app.url,
        credentials: { username: 'reader', password: 'password of reader' },
      });
      const [asked, read] = [blob(), blob()];
      await client.pushBlob('team/asked', asked);
      await client.pushBlob('team/read', read);
      await letTimePass(world, hour);
      expect(await client.hasBlob('team/asked', asked.digest)).toBe(true);
      expect(await reader.hasBlob('team/read', read.digest)).toBe(true);
      const { digests } = await collect(app, { graceSeconds: 60 });
      expect(digests).toEqual([read.digest]);
    });

    it('and, without one, what a push that is under way has brought', async () => {
      const image = randomImage({ layers: 2 });
      const [config, first, second] = image.blobs;
      await client.pushBlob('team/app', first!);
      expect(await collect(app)).toMatchObject({ links: 0, blobs: 0 });
      await letTimePass(world, hour);
      const upload = await client.startUpload('team/app');
      expect(await collect(app)).toMatchObject({ links: 0, blobs: 0 });
      await client.finishUpload(upload, second!.digest, second!.bytes);
      await client.pushBlob('team/app', config!);
      await collect(app);
      await client.putManifest('team/app', image);
      await letTimePass(world, hour);
      await collect(app);
      await expectPulls('team/app', image);
    });

    it('but not what a manifest has used since', async () => {
      const image = randomImage();
      await client.push('team/app', image);
      await remove('team/app', image);
      expect(await collect(app)).toMatchObject({ links: 2, blobs: 2 });
    });
  });

  describe('that was cut off', () => {
    async function uselessBlob() {
      const item = randomBlob(200);
      await client.pushBlob('team/app', item);
      await world.sql(
        `DELETE FROM repository_blobs WHERE blob_id = (SELECT id FROM blobs WHERE digest = $1)`,
        [item.digest],
      );
      return item;
    }

    it('between table and store serves nothing, lets the digest be pushed anew, and goes on', async () => {
      const item = await uselessBlob();
      const blobs = app.nest.get(BlobCollectionStore, { strict: false });
      const candidates = await blobs.listCandidates('0', 0, 100);
      const [removed] = await blobs.remove(
        candidates.map(({ id }) => id),
        0,
      );
      expect(removed).toMatchObject({ digest: item.digest, sizeBytes: 200 });
      expect(await client.hasBlob('team/app', item.digest)).toBe(false);
      await client.pushBlob('team/app', item);
      expect(await collect(app)).toMatchObject({ blobs: 1, digests: [item.digest] });
      expect((await client.pullBlob('team/app', item.digest)).equals(item.bytes)).toBe(true);
      const keys = (await storedObjects(app)).map(({ key }) => key);
      expect(keys).not.toContain(removed!.storageKey);
    });

    it('between the store and the end goes on', async () => {
      await uselessBlob();
      const blobs = app.nest.get(BlobCollectionStore, { strict: false });
      const candidates = await blobs.listCandidates('0', 0, 100);
      const [removed] = await blobs.remove(
        candidates.map(({ id }) => id),
        0,
      );
      expect(await collect(app)).toMatchObject({ blobs: 1 });
      expect(await blobs.listRemoved(10)).toEqual([]);
      expect((await storedObjects(app)).map(({ key }) => key)).not.toContain(removed!.storageKey);
    });
  });

  it('of objects that nothing names leaves those that are named, and young ones', async () => {
    const orphans = app.nest.get(OrphanedObjects, { strict: false });
    await client.pushBlob('team/app', randomBlob(300));
    const upload = await client.startUpload('team/app');
    await client.sendChunk(upload, randomBlob(400).bytes, 0);
    const item = randomBlob(500);
    await client.pushBlob('team/app', item);
    await world.sql(`DELETE FROM repository_blobs WHERE blob_id = (SELECT id FROM blobs WHERE digest = $1)`, [
      item.digest,
    ]);
    await world.sql(`DELETE FROM blobs WHERE digest = $1`, [item.digest]);
    expect(await orphans.sweep(quiet, hour)).toMatchObject({ removed: 0 });
    expect(await orphans.sweep(quiet, -hour)).toMatchObject({ removed: 1, bytes: 500 });
    expect(await orphans.sweep(quiet, -hour)).toMatchObject({ removed: 0 });
    await client.expect([204], 'GET', new URL(upload).pathname);
  });

  it('takes a blob that more repositories share than one statement looks at', async () => {
    const layer = randomBlob(100);
    await client.pushBlob('team/app', layer);
    await world.sql(
      `WITH made AS (
         INSERT INTO repositories (namespace_id, name, visibility)
         SELECT namespace_id, name || '-' || number, 'private' FROM repositories, generate_series(1, 2500) number
         WHERE name = 'team/app' RETURNING id
       ), linked AS (
         INSERT INTO repository_blobs (repository_id, blob_id, linked_at, touched_at)
         SELECT made.id, blobs.id, now(), now() FROM made, blobs WHERE digest = $1 RETURNING *
       )
       INSERT INTO link_checks (repository_id, blob_id) SELECT repository_id, blob_id FROM linked`,
      [layer.digest],
    );
    await letTimePass(world, hour);
    const preview = await collect(app, { dryRun: true });
    expect(preview).toMatchObject({ links: 2501, blobs: 1, bytes: 100, digests: [layer.digest] });
    expect(await collect(app)).toEqual(preview);
  });

  it('that has nothing to look at asks five times, however much there is', async () => {
    for (let number = 0; number < 3; number += 1) await client.push('team/app', randomImage());
    await collect(app);
    expect(await app.countSql(() => collect(app))).toHaveLength(5);
  });
});
