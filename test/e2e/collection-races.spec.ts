import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { collect, emptyTrash, letTimePass, storedObjects } from '../support/collection.js';
import { eventually } from '../support/eventually.js';
import { type Content, randomBlob, randomImage, type TestManifest } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

const repository = 'team/app';

/** Everything that refers to a blob, held in the middle of its transaction while a collection runs, and the other way round. */
describe('a collection with grace 0, at the moment', () => {
  let app: TestApp;
  let client: RegistryClient;
  let world: World;
  /** The other side of the race. */
  let other: pg.Client;

  beforeAll(async () => {
    app = await startApp();
    client = new RegistryClient({ url: app.url, credentials: app.admin, scheme: 'basic' });
    world = await World.open(app.databaseUrl);
    await client.push(repository, randomImage());
  });
  beforeEach(async () => {
    await letTimePass(world, 3600);
    await collect(app);
    other = new pg.Client({ connectionString: app.databaseUrl });
    await other.connect();
    await other.query('BEGIN');
  });
  afterEach(async () => {
    await other.end();
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  /** Uploaded long ago, and needed by nothing. */
  async function useless(...blobs: Content[]): Promise<void> {
    for (const blob of blobs) await client.pushBlob(repository, blob);
    await letTimePass(world, 3600);
  }

  /** Waits until somebody waits for a lock of `other`. */
  async function somebodyWaits(): Promise<void> {
    const { rows } = await other.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await eventually('somebody waits', async () => {
      const [row] = await world.sql<{ waits: boolean }>(
        'SELECT EXISTS (SELECT FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))) AS waits',
        [rows[0]!.pid],
      );
      return row?.waits;
    });
  }

  async function pulls(blob: Content): Promise<boolean> {
    return (await client.pullBlob(repository, blob.digest)).equals(blob.bytes);
  }

  /** What `manifest-resolve` takes. */
  const holdAsPush = (blobs: readonly Content[]) =>
    other.query(
      `SELECT FROM blobs b JOIN repository_blobs link ON link.blob_id = b.id
       JOIN repositories r ON r.id = link.repository_id
       WHERE r.name = $1 AND b.digest = ANY ($2) FOR KEY SHARE OF b, link`,
      [repository, blobs.map(({ digest }) => digest)],
    );

  /** What a collection does to a link in one transaction. */
  const collectLink = async (blob: Content) => {
    await other.query('SELECT FROM blobs WHERE digest = $1 FOR NO KEY UPDATE', [blob.digest]);
    await other.query(
      'DELETE FROM repository_blobs WHERE blob_id = (SELECT id FROM blobs WHERE digest = $1)',
      [blob.digest],
    );
  };

  it('of a manifest push that has found its blobs: it leaves them', async () => {
    const image = randomImage({ layers: 2 });
    await useless(...image.blobs);
    await holdAsPush(image.blobs);
    expect(await collect(app)).toMatchObject({ links: 0, blobs: 0 });
    await other.query('COMMIT');
    await client.putManifest(repository, image);
    await letTimePass(world, 3600);
    expect(await collect(app)).toMatchObject({ links: 0, blobs: 0 });
    for (const blob of image.blobs) expect(await pulls(blob)).toBe(true);
  });

  it('of a manifest push that has written and not committed: it leaves what the manifest needs', async () => {
    const image = randomImage();
    await useless(...image.blobs);
    await holdAsPush(image.blobs);
    await other.query(
      `WITH manifest AS (
         INSERT INTO manifests (repository_id, digest, media_type, size_bytes, bytes, artifact_kind)
         SELECT id, $2, $3, $4, $5, 'image' FROM repositories WHERE name = $1 RETURNING id
       )
       INSERT INTO manifest_references (manifest_id, position, kind, digest, media_type, size_bytes, blob_id)
       SELECT manifest.id, blob.id, 'layer', blob.digest, 'x', blob.size_bytes, blob.id FROM manifest, blobs blob
       WHERE blob.digest = ANY ($6)`,
      [
        repository,
        image.digest,
        image.mediaType,
        image.bytes.length,
        image.bytes,
        image.blobs.map(({ digest }) => digest),
      ],
    );
    expect(await collect(app)).toMatchObject({ links: 0, blobs: 0 });
    await other.query('COMMIT');
    expect(await collect(app)).toMatchObject({ links: 0, blobs: 0 });
    for (const blob of image.blobs) expect(await pulls(blob)).toBe(true);
  });

  it('of a manifest push that comes too late: it is told what to push again', async () => {
    const image = randomImage();
    await useless(...image.blobs);
    await collectLink(image.blobs[0]!);
    const push = client.request('PUT', `/v2/${repository}/manifests/${image.digest}`, {
      headers: { 'content-type': image.mediaType },
      body: image.bytes,
    });
    await somebodyWaits();
    await other.query('COMMIT');
    expect((await push).status).toBe(404);
    await client.push(repository, image);
    for (const blob of image.blobs) expect(await pulls(blob)).toBe(true);
  });

  it('of a question before a push: the client uploads the blob again', async () => {
    const blob = randomBlob();
    await useless(blob);
    await collectLink(blob);
    const asked = client.hasBlob(repository, blob.digest);
    await somebodyWaits();
    await other.query('COMMIT');
    expect(await asked).toBe(false);
    await client.pushBlob(repository, blob);
    expect(await pulls(blob)).toBe(true);
  });

  it('of a question that was answered: the blob stays for the push', async () => {
    const blob = randomBlob();
    await useless(blob);
    expect(await client.hasBlob(repository, blob.digest)).toBe(true);
    expect(await collect(app)).toMatchObject({ links: 0, blobs: 0 });
  });

  it('of an upload of the same bytes: they are a new object, and the old one goes', async () => {
    const blob = randomBlob();
    await useless(blob);
    const [before] = await world.sql<{ storage_key: string }>(
      'SELECT storage_key FROM blobs WHERE digest = $1',
      [blob.digest],
    );
    await other.query(
      'DELETE FROM repository_blobs WHERE blob_id = (SELECT id FROM blobs WHERE digest = $1)',
      [blob.digest],
    );
    await other.query(
      `WITH gone AS (DELETE FROM blobs WHERE digest = $1 RETURNING storage_key, digest, size_bytes)
       INSERT INTO removed_blobs (storage_key, digest, size_bytes) SELECT * FROM gone`,
      [blob.digest],
    );
    const push = client.pushBlob(repository, blob);
    await somebodyWaits();
    await other.query('COMMIT');
    await push;
    expect(await collect(app)).toMatchObject({ links: 0, blobs: 1 });
    expect(await pulls(blob)).toBe(true);
    expect((await storedObjects(app)).map(({ key }) => key)).not.toContain(before!.storage_key);
  });

  it('of an upload that finds the bytes there: they stay', async () => {
    const blob = randomBlob();
    await useless(blob);
    // What the finish of an upload holds until its commit.
    await other.query('UPDATE blobs SET touched_at = now() WHERE digest = $1', [blob.digest]);
    await other.query(
      'UPDATE repository_blobs SET touched_at = now() WHERE blob_id = (SELECT id FROM blobs WHERE digest = $1)',
      [blob.digest],
    );
    expect(await collect(app)).toMatchObject({ links: 0, blobs: 0 });
    await other.query('COMMIT');
    expect(await collect(app)).toMatchObject({ links: 0, blobs: 0 });
    expect(await pulls(blob)).toBe(true);
  });

  it('of a mount of a blob that goes: an ordinary upload begins', async () => {
    const blob = randomBlob();
    await useless(blob);
    await other.query('SELECT FROM blobs WHERE digest = $1 FOR UPDATE', [blob.digest]);
    const mount = client.request(
      'POST',
      `/v2/team/other/blobs/uploads/?mount=${blob.digest}&from=${repository}`,
    );
    await somebodyWaits();
    await other.query(
      'DELETE FROM repository_blobs WHERE blob_id = (SELECT id FROM blobs WHERE digest = $1)',
      [blob.digest],
    );
    await other.query('DELETE FROM blobs WHERE digest = $1', [blob.digest]);
    await other.query('COMMIT');
    expect((await mount).status).toBe(202);
  });

  it('of a mount that has the blob: it stays', async () => {
    const blob = randomBlob();
    await useless(blob);
    await other.query('UPDATE blobs SET touched_at = now() WHERE digest = $1', [blob.digest]);
    await other.query(
      `INSERT INTO repository_blobs (repository_id, blob_id)
       SELECT r.id, b.id FROM repositories r, blobs b WHERE r.name = $1 AND b.digest = $2
       ON CONFLICT (repository_id, blob_id) DO UPDATE SET touched_at = now()`,
      [repository, blob.digest],
    );
    expect(await collect(app)).toMatchObject({ links: 0, blobs: 0 });
    await other.query('COMMIT');
    expect(await pulls(blob)).toBe(true);
  });

  it('of a restoration from trash: what comes back keeps its blobs', async () => {
    const image: TestManifest = randomImage();
    await client.push(repository, image, 'back');
    await client.expect([202], 'DELETE', `/v2/${repository}/manifests/${image.digest}`);
    await letTimePass(world, 3600);
    await other.query(
      `SELECT FROM trashed_manifests m JOIN trashed_references r ON r.manifest_id = m.id WHERE m.digest = $1 FOR UPDATE`,
      [image.digest],
    );
    expect(await collect(app)).toMatchObject({ links: 0, blobs: 0 });
    await other.query('COMMIT');
    for (const blob of image.blobs) expect(await pulls(blob)).toBe(true);
    await emptyTrash(world);
  });

  it('of another collection: together they take everything once', async () => {
    const blobs = Array.from({ length: 20 }, () => randomBlob(16));
    await useless(...blobs);
    const [one, two] = await Promise.all([collect(app), collect(app)]);
    // Both may find an object that is still to be removed, and remove it.
    expect(one.links + two.links).toBe(20);
    await collect(app);
    const [left] = await world.sql<{ count: number }>('SELECT count(*)::int AS count FROM removed_blobs');
    expect(left!.count).toBe(0);
    for (const blob of blobs) expect(await client.hasBlob(repository, blob.digest)).toBe(false);
  });

  it('of an error of the database: it stops, and what is needed is there', async () => {
    const image = randomImage();
    await client.push(repository, image);
    await useless(randomBlob());
    await world.sql('ALTER TABLE removed_blobs ADD CONSTRAINT disk_full CHECK (size_bytes < 0)');
    try {
      await expect(collect(app)).rejects.toThrow('disk_full');
    } finally {
      await world.sql('ALTER TABLE removed_blobs DROP CONSTRAINT disk_full');
    }
    for (const blob of image.blobs) expect(await pulls(blob)).toBe(true);
    expect(await collect(app)).toMatchObject({ links: 0, blobs: 1 });
  });
});
