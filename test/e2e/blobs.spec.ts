import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BlobRecordStore } from '../../apps/registry-api/src/blobs/blob.store.js';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken, basic } from '../support/authorization.js';
import { BlobFiles } from '../support/blob-files.js';
import { content, digestOf, indexOf, randomBlob, randomImage } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

let app: TestApp;
let world: World;
let client: RegistryClient;
let files: BlobFiles;
let authorization: string;

beforeAll(async () => {
  app = await startApp();
  world = await World.open(app.databaseUrl);
  const credentials = await adminToken(app);
  authorization = basic(credentials);
  client = new RegistryClient({ url: app.url, credentials, scheme: 'basic' });
  files = new BlobFiles(app);
});
afterAll(async () => {
  await world.close();
  await app.close();
});

type Method = 'get' | 'head' | 'delete' | 'post' | 'put';
const send = (method: Method, path: string) =>
  supertest(app.url)[method](path).set('Authorization', authorization);
const blobPath = (digest: string, repository = 'team/app') => `/v2/${repository}/blobs/${digest}`;
const codeOf = (response: supertest.Response) => response.body.errors?.[0]?.code;

describe('a blob', () => {
  const large = 300_000; // is streamed; smaller ones than 64 KiB are answered from memory
  it.each([
    ['sha256', 0],
    ['sha256', 1],
    ['sha256', 65_536],
    ['sha256', large],
    ['sha512', 100],
    ['sha512', large],
  ] as const)('by %s of %d bytes is answered as it was pushed', async (algorithm, sizeBytes) => {
    const blob = sizeBytes === 0 ? content('', undefined, algorithm) : randomBlob(sizeBytes, algorithm);
    await client.pushBlob('team/app', blob);
    const headers = {
      'content-length': String(sizeBytes),
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment',
      'docker-content-digest': blob.digest,
      'docker-distribution-api-version': 'registry/2.0',
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
      etag: `"${blob.digest}"`,
    };
    for (let time = 0; time < 2; time++) {
      const head = await send('head', blobPath(blob.digest)).expect(200);
      expect(head.headers).toMatchObject(headers);
      const get = await send('get', blobPath(blob.digest)).expect(200);
      expect(get.headers).toMatchObject(headers);
      expect(digestOf(get.body, algorithm)).toBe(blob.digest);
    }
  });

  it('is unknown where nobody pushed it', async () => {
    const blob = randomBlob();
    await client.pushBlob('team/app', blob);
    await client.pushBlob('team/other', randomBlob());
    for (const digest of [blob.digest, randomBlob().digest]) {
      const get = await send('get', blobPath(digest, 'team/other')).expect(404);
      expect(get.body.errors).toEqual([
        { code: 'BLOB_UNKNOWN', message: expect.any(String), detail: { digest } },
      ]);
      const head = await send('head', blobPath(digest, 'team/other')).expect(404);
      expect(head.headers['content-length']).toBe(get.headers['content-length']);
      expect(codeOf(await send('delete', blobPath(digest, 'team/other')).expect(404))).toBe('BLOB_UNKNOWN');
    }
  });

  it('is kept for the other repository when one deletes it', async () => {
    const blob = randomBlob();
    for (const repository of ['team/app', 'team/other']) await client.pushBlob(repository, blob);
    await send('delete', blobPath(blob.digest)).expect(202);
    for (const method of ['get', 'head', 'delete'] as const)
      await send(method, blobPath(blob.digest)).expect(404);
    expect(await client.hasBlob('team/other', blob.digest)).toBe(true);
    await client.pushBlob('team/app', blob);
    expect(await client.hasBlob('team/app', blob.digest)).toBe(true);
  });

  it('that manifests use is not deleted, and the answer names them', async () => {
    const images = [randomImage(), randomImage()];
    const shared = images[0]!.blobs[1]!;
    const other = randomImage({ layers: [shared] });
    await client.push('team/used', images[0]!, 'one');
    await client.push('team/used', other);
    await client.push('team/used', indexOf([other]), 'many');
    const refused = await send('delete', blobPath(shared.digest, 'team/used')).expect(405);
    expect(codeOf(refused)).toBe('UNSUPPORTED');
    expect([...refused.body.errors[0].detail.parents].sort()).toEqual(
      [images[0]!.digest, other.digest].sort(),
    );
    expect((await client.pullBlob('team/used', shared.digest)).equals(shared.bytes)).toBe(true);

    await send('delete', `/v2/team/used/manifests/${images[0]!.digest}`).expect(202);
    const still = await send('delete', blobPath(shared.digest, 'team/used')).expect(405);
    expect(still.body.errors[0].detail.parents).toEqual([other.digest]);
    await send('delete', `/v2/team/used/manifests/many`).expect(202);
    for (const { digest } of [indexOf([other]), other])
      await send('delete', `/v2/team/used/manifests/${digest}`).expect(202);
    await send('delete', blobPath(shared.digest, 'team/used')).expect(202);
  });
});

describe('a blob whose bytes in the store are damaged', () => {
  const large = 300_000;
  const damages: [string, number, (path: string) => Promise<void>][] = [
    ['is removed', 1000, (path) => rm(path)],
    ['is removed', large, (path) => rm(path)],
    ['is cut', 1000, (path) => truncate(path, 999)],
    ['is cut', large, (path) => truncate(path, large - 1)],
    ['is emptied', large, (path) => truncate(path, 0)],
    [
      'has grown',
      large,
      async (path) => writeFile(path, Buffer.concat([await readFile(path), Buffer.from('x')])),
    ],
    ['has a wrong byte', 1000, (path) => writeFile(path, 'x', { flag: 'r+' })],
  ];

  it.each(damages)(
    'because its file %s (%d bytes): nothing wrong is answered, and a push heals it',
    async (...row) => {
      const [, sizeBytes, damage] = row;
      const blob = content(Buffer.concat([Buffer.from('a'), randomBlob(sizeBytes - 1).bytes]));
      await client.pushBlob('team/app', blob);
      await damage(await files.pathOfBlob(blob.digest));
      const ranged = await send('get', blobPath(blob.digest)).set('Range', 'bytes=1-10');
      expect(ranged.status).toBe(404);
      const get = await send('get', blobPath(blob.digest)).expect(404);
      expect(codeOf(get)).toBe('BLOB_UNKNOWN');
      expect(get.headers).not.toHaveProperty('etag');
      await send('head', blobPath(blob.digest)).expect(404);

      const mount = await send('post', `/v2/team/mounting/blobs/uploads/?mount=${blob.digest}&from=team/app`);
      expect(mount.status).toBe(202);
      await client.pushBlob('team/other', blob);
      expect((await client.pullBlob('team/app', blob.digest)).equals(blob.bytes)).toBe(true);
      const kept = await world.sql<{ storage_key: string }>('SELECT storage_key FROM blobs');
      expect(new Set(await files.finished())).toEqual(new Set(kept.map((row) => row.storage_key)));
    },
  );

  it('is not named by a new manifest until it is healed', async () => {
    const image = randomImage();
    for (const blob of image.blobs) await client.pushBlob('team/app', blob);
    const layer = image.blobs[1]!;
    await rm(await files.pathOfBlob(layer.digest));
    await send('get', blobPath(layer.digest)).expect(404);
    const put = () =>
      client.request('PUT', '/v2/team/app/manifests/healed', {
        headers: { 'content-type': image.mediaType },
        body: image.bytes,
      });
    expect((await put()).status).toBe(404);
    await client.pushBlob('team/app', layer);
    expect((await put()).status).toBe(201);
  });

  it('is not taken for damaged once a push has healed it meanwhile', async () => {
    const blob = randomBlob();
    await client.pushBlob('team/app', blob);
    const [row] = await world.sql<{ id: string; storage_key: string }>(
      'SELECT id, storage_key FROM blobs WHERE digest = $1',
      [blob.digest],
    );
    const records = app.nest.get(BlobRecordStore, { strict: false });
    await records.markDamaged({ id: row!.id, storageKey: 'the key it had before' });
    expect(await client.hasBlob('team/app', blob.digest)).toBe(true);
    await records.markDamaged({ id: row!.id, storageKey: row!.storage_key });
    expect(await client.hasBlob('team/app', blob.digest)).toBe(false);
  });
});
