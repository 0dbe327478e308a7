// needs: minio
import { existsSync, statSync } from 'node:fs';
import { cp, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBackedUpTables, leftOutTables } from '../../apps/registry-api/src/backup/backed-up-tables.js';
import { REMOVAL_LOCK } from '../../apps/registry-api/src/database/removal-lock.js';
import { startApp, type TestApp } from '../support/app.js';
import { BlobFiles } from '../support/blob-files.js';
import { eventually } from '../support/eventually.js';
import { indexOf, randomArtifact, randomBlob, randomImage, type TestManifest } from '../support/images.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { storageKinds } from '../support/storage-settings.js';
import { removeDirectory, temporaryDirectory } from '../support/temporary-directory.js';
import { World } from '../support/world.js';
import { backUpApp, EmptySite, flipByte } from './backup-sites.js';

let app: TestApp;
let world: World;
let directory: string;
let archive: string;
let token: Credentials;
let robot: Credentials;
const sites: EmptySite[] = [];
const index = indexOf([randomImage(), randomImage({ architecture: 'arm64', algorithm: 'sha512' })]);
const signature = randomArtifact({
  artifactType: 'application/vnd.example.signature',
  subject: { mediaType: index.mediaType, digest: index.digest, size: index.bytes.length },
});
const empty = randomBlob(0);

beforeAll(async () => {
  directory = await temporaryDirectory('archives');
  archive = join(directory, 'whole.tar');
  app = await startApp();
  world = await World.open(app.databaseUrl);
  for (const name of ['alice', 'bob']) await world.user(name);
  await world.organization('team', { alice: 'owner', bob: 'reader' });
  await world.repository('team/app', {
    visibility: 'public',
    description: "tab\there, line\nthere, \\N and 'é'",
  });
  await world.repository('alice/secret');
  token = await world.accessToken('alice', { repositories: ['team/*'] });
  robot = await world.robot('team', 'ci', { scopes: ['repository:read'] });
  const alice = clientOf(app, { username: 'alice', password: 'password of alice' });
  await alice.push('team/app', index, 'latest');
  await alice.push('team/app', signature);
  await alice.pushBlob('team/app', empty);
  await alice.pushBlob('team/app', randomBlob(3 << 20));
  await alice.push('alice/secret', randomImage(), '1');
  await world.repository('alice/gone');
  await world.sql(`DELETE FROM repositories WHERE name = 'alice/gone'`);
  await backUpApp(app, archive);
});
afterAll(async () => {
  for (const site of sites) await site.remove();
  await world?.close();
  await app?.close();
  await removeDirectory(directory);
});

function clientOf({ url }: TestApp, credentials?: Credentials): RegistryClient {
  return new RegistryClient({ url, credentials, scheme: 'basic' });
}

async function emptySite(kind: (typeof storageKinds)[number] = 'filesystem'): Promise<EmptySite> {
  const site = await EmptySite.make(kind);
  sites.push(site);
  return site;
}

async function pullAll(client: RegistryClient, repository: string, manifest: TestManifest): Promise<void> {
  expect((await client.pullManifest(repository, manifest.digest)).equals(manifest.bytes)).toBe(true);
  for (const blob of manifest.blobs) {
    expect((await client.pullBlob(repository, blob.digest)).equals(blob.bytes)).toBe(true);
  }
  for (const child of manifest.children) await pullAll(client, repository, child);
}

it('knows every table: it is backed up, or left behind for a reason', async () => {
  const all = await world.sql<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  const client = {
    query: <Row extends object>(sql: string) => world.sql<Row & Record<string, unknown>>(sql),
  };
  const backedUp = await findBackedUpTables(client as Parameters<typeof findBackedUpTables>[0]);
  const known = [...backedUp.map(({ name }) => name), ...Object.keys(leftOutTables)];
  expect(known.sort()).toEqual(all.map(({ name }) => name).sort());
});

describe.each(storageKinds)('an archive restored to an empty Berth with the %s store', (kind) => {
  let restored: TestApp;

  beforeAll(async () => {
    const site = await emptySite(kind);
    const report = await site.restore(archive);
    expect(report).toMatchObject({ blobs: 10, resumedBlobs: 0, damaged: [] });
    restored = await site.start();
  });

  it('has every digest, tag and referrer', async () => {
    const client = clientOf(restored, { username: 'alice', password: 'password of alice' });
    await pullAll(client, 'team/app', index);
    await pullAll(client, 'team/app', signature);
    expect((await client.pullManifest('team/app', 'latest')).equals(index.bytes)).toBe(true);
    expect(await client.pullBlob('team/app', empty.digest)).toHaveLength(0);
    expect(await client.tags('alice/secret')).toEqual(['1']);
    const found = await client.expect([200], 'GET', `/v2/team/app/referrers/${index.digest}`);
    expect(await found.json()).toMatchObject({ manifests: [{ digest: signature.digest }] });
  });

  it('knows everybody as before: passwords, roles, access tokens, robots, visibility', async () => {
    const status = async (repository: string, credentials?: Credentials) => {
      const response = await clientOf(restored, credentials).request('GET', `/v2/${repository}/tags/list`);
      return response.status;
    };
    expect(await status('team/app', token)).toBe(200);
    expect(await status('alice/secret', token)).toBe(404);
    expect(await status('team/app', robot)).toBe(200);
    expect(await status('alice/secret', { username: 'bob', password: 'password of bob' })).toBe(404);
    expect(await status('team/app', { ...token, password: `${token.password}x` })).toBe(401);
    const bob = clientOf(restored, { username: 'bob', password: 'password of bob' });
    expect((await bob.request('POST', '/v2/team/app/blobs/uploads/')).status).toBe(403);
    const page = await fetch(`${restored.url}/api/v1/repositories/team%2Fapp`);
    expect(await page.json()).toMatchObject({ description: "tab\there, line\nthere, \\N and 'é'" });
  });

  it('goes on: pushes, and ids that were never given out', async () => {
    const client = clientOf(restored, { username: 'alice', password: 'password of alice' });
    const image = randomImage();
    await client.push('alice/new', image, '1');
    await pullAll(client, 'alice/new', image);
    const there = await World.open(restored.databaseUrl);
    try {
      const sql = 'SELECT max(id)::int AS id FROM repositories';
      const [before] = await world.sql<{ id: number }>(sql);
      const [after] = await there.sql<{ id: number }>(sql);
      expect(after!.id).toBeGreaterThan(before!.id + 1);
      expect(await there.sql(`SELECT FROM pg_namespace WHERE nspname = 'berth_restore'`)).toHaveLength(0);
      expect(await there.sql('SELECT FROM sessions')).toHaveLength(0);
    } finally {
      await there.close();
    }
  });
});

describe('what broke off goes on', () => {
  it('as a backup, behind its last whole blob', async () => {
    const file = join(directory, 'broken.tar');
    await cp(archive, `${file}.partial`);
    await truncate(`${file}.partial`, 5000);
    const report = await backUpApp(app, file);
    expect(report).toMatchObject({ blobs: 10, damaged: [] });
    expect(report.resumedBlobs).toBeGreaterThan(0);
    expect(report.resumedBlobs).toBeLessThan(10);
    expect(existsSync(`${file}.partial`)).toBe(false);
    expect((await (await emptySite()).restore(file)).blobs).toBe(10);
  });

  it('as a restore, of the same archive alone', async () => {
    const cut = join(directory, 'cut.tar');
    await cp(archive, cut);
    await truncate(cut, statSync(archive).size - 100_000);
    const site = await emptySite('s3');
    await expect(site.restore(cut)).rejects.toThrow(/no whole archive/);
    const other = join(directory, 'other.tar');
    await backUpApp(app, other);
    await truncate(other, statSync(archive).size - 100_000);
    await expect(site.restore(other)).rejects.toThrow(/no whole archive/);
    await expect(site.restore(other)).rejects.toThrow(/no whole archive/);
    expect(await site.restore(archive)).toMatchObject({ blobs: 10, resumedBlobs: 0 });
    const keys = [];
    for await (const { key } of site.store.list()) keys.push(key);
    expect(keys).toHaveLength(10);
  });

  it('as a restore, with the blobs that it has', async () => {
    const cut = join(directory, 'cut-again.tar');
    await cp(archive, cut);
    await truncate(cut, statSync(archive).size - 100_000);
    const site = await emptySite();
    await expect(site.restore(cut)).rejects.toThrow(/no whole archive/);
    const report = await site.restore(archive);
    expect(report.blobs).toBe(10);
    expect(report.resumedBlobs).toBeGreaterThan(0);
  });
});

it('runs beside pushes: what its snapshot names is in the archive, and nothing is collected meanwhile', async () => {
  const file = join(directory, 'online.tar');
  const client = clientOf(app, { username: 'alice', password: 'password of alice' });
  const pushed: { tag: string; image: TestManifest }[] = [];
  const lock = 'SELECT pg_try_advisory_lock($1) AS "isFree"';
  let isFree = Promise.resolve(false);
  let isOver = false;
  const pushing = (async () => {
    while (!isOver) {
      const image = randomImage({ layers: 2 });
      const tag = `v${pushed.length}`;
      await client.push('alice/busy', image, tag);
      pushed.push({ tag, image });
    }
  })();
  await eventually('a first push is done', () => pushed.length > 0);
  await backUpApp(app, file, () => {
    isFree = isFree.then(async (wasFree) => {
      const [row] = await world.sql<{ isFree: boolean }>(lock, [REMOVAL_LOCK]);
      return wasFree || row!.isFree;
    });
  });
  isOver = true;
  await pushing;
  expect(await isFree).toBe(false);
  const site = await emptySite();
  expect(await site.restore(file)).toMatchObject({ damaged: [] });
  const restored = clientOf(await site.start(), { username: 'alice', password: 'password of alice' });
  const tags = await restored.tags('alice/busy');
  expect(tags).toContain('v0');
  for (const { tag, image } of pushed.filter(({ tag }) => tags.includes(tag))) {
    expect((await restored.pullManifest('alice/busy', tag)).equals(image.bytes)).toBe(true);
    await pullAll(restored, 'alice/busy', image);
  }
});

it('says which blobs the store has lost, and brings everything else', async () => {
  const client = clientOf(app, { username: 'alice', password: 'password of alice' });
  const [lost, short, changed] = [randomBlob(1000), randomBlob(2000), randomBlob(300_000)];
  for (const blob of [lost, short, changed]) await client.pushBlob('alice/ill', blob);
  const files = new BlobFiles(app);
  await rm(await files.pathOfBlob(lost.digest));
  await truncate(await files.pathOfBlob(short.digest), 1500);
  await flipByte(await files.pathOfBlob(changed.digest), 250_000);
  const file = join(directory, 'ill.tar');
  const digests = [lost, short, changed].map(({ digest }) => digest).sort();
  expect([...(await backUpApp(app, file)).damaged].sort()).toEqual(digests);
  const site = await emptySite();
  expect([...(await site.restore(file)).damaged].sort()).toEqual(digests);
  const restored = clientOf(await site.start(), { username: 'alice', password: 'password of alice' });
  expect(await restored.hasBlob('alice/ill', changed.digest)).toBe(false);
  await restored.pushBlob('alice/ill', changed);
  expect((await restored.pullBlob('alice/ill', changed.digest)).equals(changed.bytes)).toBe(true);
  await pullAll(restored, 'team/app', index);
});
