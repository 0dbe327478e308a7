import type { StoredObject } from '@berth/storage';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Difference } from '../../apps/registry-api/src/fsck/difference.js';
import type { FsckReport } from '../../apps/registry-api/src/fsck/fsck-pass.js';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken } from '../support/authorization.js';
import { randomBlob, randomImage } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { storageKinds, storageSettings } from '../support/storage-settings.js';
import { StoreObjects } from '../support/store-objects.js';
import { removeDirectory, temporaryDirectory } from '../support/temporary-directory.js';
import { World } from '../support/world.js';
import { CommandLine } from './command-line.js';

type Line =
  | { readonly difference: Difference; readonly report?: undefined }
  | { readonly report: FsckReport };

describe.each(storageKinds)('berth fsck on %s', (storage) => {
  let directory: string;
  let app: TestApp;
  let world: World;
  let objects: StoreObjects;
  let client: RegistryClient;
  let berthOf: (databaseUrl: string) => CommandLine;
  beforeAll(async () => {
    directory = await temporaryDirectory('fsck');
    const env = { ...storageSettings(storage), BERTH_DATA_DIR: directory };
    app = await startApp({ env });
    world = await World.open(app.databaseUrl);
    objects = new StoreObjects(app);
    client = new RegistryClient({ url: app.url, credentials: await adminToken(app), scheme: 'basic' });
    berthOf = (databaseUrl) => new CommandLine({ ...env, BERTH_DATABASE_URL: databaseUrl });
  });
  afterAll(async () => {
    await world.close();
    await app.close();
    await removeDirectory(directory);
  });

  const keyOf = async (digest: string): Promise<string> => {
    const [row] = await world.sql<{ key: string }>('SELECT storage_key AS key FROM blobs WHERE digest = $1', [
      digest,
    ]);
    return row!.key;
  };
  const inOrder = (stored: readonly StoredObject[]) =>
    stored.map(({ key, sizeBytes }) => `${key} ${sizeBytes}`);
  /** The database as it is now, under another name. */
  const backUp = async (): Promise<{ url: string; drop(): Promise<void> }> => {
    const server = await World.open(inject('postgresUrl'));
    const name = new URL(app.databaseUrl).pathname.slice(1);
    await world.close();
    await server.sql(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await server.sql('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
    await server.sql(`CREATE DATABASE ${name}_backup TEMPLATE ${name}`);
    await server.sql(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    world = await World.open(app.databaseUrl);
    const drop = async () => {
      await server.sql(`DROP DATABASE ${name}_backup WITH (FORCE)`);
      await server.close();
    };
    return { url: `${app.databaseUrl}_backup`, drop };
  };

  it('finds no difference in a Berth in use, fast and deep', async () => {
    await client.push('team/kept', randomImage({ layers: 2, layerSizeBytes: 100_000 }), 'latest');
    const berth = berthOf(app.databaseUrl);
    for (const args of [['fsck'], ['fsck', '--deep', '--rate', '50MiB']]) {
      const [line] = await berth.jsonLines<Line>([...args, '--min-age', '0s']);
      const report = line?.report;
      expect(report).toMatchObject({ isComplete: true, checkedCount: 3, marked: 0, removed: 0 });
      expect(Object.values(report!.differences).every((count) => count === 0)).toBe(true);
    }
  });

  it('lists how a restored backup differs from the store, and deletes nothing', async () => {
    const collected = randomBlob(50_000);
    await client.pushBlob('team/app', collected);
    const collectedKey = await keyOf(collected.digest);
    const backup = await backUp();
    const later = randomImage();
    await client.push('team/app', later, 'later');
    await world.sql('DELETE FROM repository_blobs USING blobs WHERE blob_id = blobs.id AND digest = $1', [
      collected.digest,
    ]);
    await world.sql('DELETE FROM blobs WHERE digest = $1', [collected.digest]);
    await objects.remove(collectedKey);
    const before = inOrder(await objects.list());

    const lines = await berthOf(backup.url).jsonLines<Line>(
      ['fsck', '--deep', '--min-age', '0s', '--repair', 'damaged'],
      5,
    );
    const { report } = lines.pop()!;
    const found = lines.flatMap((line) => ('difference' in line ? line.difference : []));
    const laterKeys = await Promise.all(later.blobs.map(({ digest }) => keyOf(digest)));
    expect(
      found
        .filter(({ kind }) => kind === 'unrecorded')
        .map((each) => 'storageKey' in each && each.storageKey),
    ).toEqual(laterKeys.toSorted());
    expect(found.filter(({ kind }) => kind !== 'unrecorded')).toEqual([
      {
        kind: 'missing',
        digest: collected.digest,
        storageKey: collectedKey,
        sizeBytes: 50_000,
        isMarked: false,
      },
    ]);
    expect(report).toMatchObject({ differences: { missing: 1, unrecorded: 2 }, marked: 1, removed: 0 });
    expect(inOrder(await objects.list())).toEqual(before);
    await backup.drop();
    await client.pullManifest('team/app', 'later');
  });

  it('finds cut and changed bytes, marks them when asked, and a push heals them', async () => {
    const cut = randomBlob(300_000);
    const emptied = randomBlob(2_000);
    const changed = randomBlob(300_000);
    for (const blob of [cut, emptied, changed]) await client.pushBlob('team/hurt', blob);
    await objects.change(await keyOf(cut.digest), (bytes) => bytes.subarray(0, 1000));
    await objects.change(await keyOf(emptied.digest), () => Buffer.alloc(0));
    await objects.change(await keyOf(changed.digest), (bytes) =>
      Buffer.concat([bytes.subarray(1), Buffer.from('x')]),
    );
    const berth = berthOf(app.databaseUrl);
    const kindsOf = async (...args: string[]) => {
      const lines = await berth.jsonLines<Line>(['fsck', ...args], 5);
      const found = lines.flatMap((line) => ('difference' in line ? line.difference : []));
      return Object.fromEntries(
        found.flatMap((each) => ('digest' in each ? [[each.digest, each.kind]] : [])),
      );
    };
    expect(await kindsOf()).toEqual({ [cut.digest]: 'size', [emptied.digest]: 'size' });
    expect(await client.hasBlob('team/hurt', changed.digest)).toBe(true);
    expect(await kindsOf('--deep', '--repair', 'damaged')).toEqual({
      [cut.digest]: 'size',
      [emptied.digest]: 'size',
      [changed.digest]: 'content',
    });
    for (const blob of [cut, emptied, changed]) {
      expect(await client.hasBlob('team/hurt', blob.digest)).toBe(false);
      await client.pushBlob('team/hurt', blob);
      expect((await client.pullBlob('team/hurt', blob.digest)).equals(blob.bytes)).toBe(true);
    }
    const entries = await world.sql(`SELECT actor FROM audit_log WHERE action = 'blob.mark-damaged'`);
    expect(entries).toEqual([{ actor: 'berth cli' }, { actor: 'berth cli' }, { actor: 'berth cli' }]);
    expect((await berth.run(['fsck', '--deep'])).stdout).toMatch(/every hash computed: no differences\.\n$/);
  });

  it('removes old objects without a record only when asked, and none of an upload under way', async () => {
    const upload = await client.startUpload('team/app');
    await client.sendChunk(upload, randomBlob(1_000).bytes, 0);
    const kept = (await objects.list()).length;
    await client.pushBlob('team/app', randomBlob(1_000));
    await world.sql('DELETE FROM repository_blobs WHERE blob_id = (SELECT max(id) FROM blobs)');
    await world.sql('DELETE FROM blobs WHERE id = (SELECT max(id) FROM blobs)');
    const berth = berthOf(app.databaseUrl);
    const [, last] = await berth.jsonLines<Line>(
      ['fsck', '--min-age', '0s', '--remove-unrecorded-after', '24h'],
      5,
    );
    expect(last?.report).toMatchObject({ differences: { unrecorded: 1 }, removed: 0 });
    expect((await objects.list()).length).toBe(kept + 1);
    expect((await berth.run(['fsck'])).code).toBe(0); // younger than five minutes: perhaps a push under way
  });
});
