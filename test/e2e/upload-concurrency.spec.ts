import { rm } from 'node:fs/promises';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limits } from '../../apps/registry-api/src/limits.js';
import { AbandonedUploads } from '../../apps/registry-api/src/uploads/abandoned-uploads.js';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken, basic } from '../support/authorization.js';
import { BlobFiles } from '../support/blob-files.js';
import { eventually } from '../support/eventually.js';
import { randomBlob } from '../support/images.js';
import { RawConnection } from '../support/raw-http.js';
import { RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

const mebibyte = 1024 * 1024;
const uploads = '/v2/team/app/blobs/uploads/';

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

const send = (method: 'get' | 'put' | 'patch' | 'post', path: string) =>
  supertest(app.url)[method](path).set('Authorization', authorization);
const begin = async () => (await send('post', uploads).expect(202)).headers.location!;

/** A PATCH of which the first mebibyte has arrived and the rest does not come yet. */
async function beginPatch(location: string, bytes: Buffer): Promise<RawConnection> {
  const connection = await RawConnection.open(app.url);
  const headers = {
    Authorization: authorization,
    'Content-Length': String(bytes.length),
    Connection: 'close',
  };
  await connection.writeHead('PATCH', location, headers);
  await connection.write(bytes.subarray(0, mebibyte));
  await eventually('a block is on the disk', async () => (await files.stagedBytes(location)) >= mebibyte);
  return connection;
}

describe('two PATCHes of one upload at once', () => {
  it('never mix: the second is refused while the first is alive', async () => {
    const [mine, other] = [randomBlob(2 * mebibyte), randomBlob(2 * mebibyte)];
    const location = await begin();
    const first = await beginPatch(location, mine.bytes);
    for (const method of ['patch', 'put'] as const) {
      const refused = await send(method, `${location}?digest=${other.digest}`).send(other.bytes).expect(409);
      expect(refused.body.errors[0].code).toBe('BLOB_UPLOAD_INVALID');
    }
    await first.write(mine.bytes.subarray(mebibyte));
    expect((await first.answer()).headers.range).toBe(`0-${2 * mebibyte - 1}`);
    await send('put', `${location}?digest=${mine.digest}`).expect(201);
    expect((await client.pullBlob('team/app', mine.digest)).equals(mine.bytes)).toBe(true);
  });

  it('never mix: of ten that start together one is taken', async () => {
    const blobs = Array.from({ length: 10 }, () => randomBlob(mebibyte + 7));
    const location = await begin();
    const answers = await Promise.all(
      blobs.map(({ bytes }) =>
        send('patch', location)
          .set('Content-Range', `0-${mebibyte + 6}`)
          .send(bytes),
      ),
    );
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
    expect(answers.every(({ status }) => [202, 409, 416].includes(status))).toBe(true);
    const taken = blobs[answers.findIndex(({ status }) => status === 202)]!;
    await send('put', `${location}?digest=${taken.digest}`).expect(201);
    expect((await client.pullBlob('team/app', taken.digest)).equals(taken.bytes)).toBe(true);
  });

  it('never mix: a second that waited for a first that died writes at its offset', async () => {
    const blob = randomBlob(2 * mebibyte);
    const location = await begin();
    const first = await beginPatch(location, blob.bytes);
    const second = send('patch', location).set('Content-Range', `${mebibyte}-${2 * mebibyte - 1}`);
    const answer = second.send(blob.bytes.subarray(mebibyte)).then((response) => response);
    first.cut();
    expect((await answer).status).toBe(202);
    await send('put', `${location}?digest=${blob.digest}`).expect(201);
    expect((await client.pullBlob('team/app', blob.digest)).equals(blob.bytes)).toBe(true);
  });
});

describe('an upload that failed', () => {
  const writerOf = async (location: string) => {
    const [row] = await world.sql<{ writer: string | null }>('SELECT writer FROM uploads WHERE id = $1', [
      location.split('/').at(-1),
    ]);
    return row?.writer;
  };

  it('because of its size is free for the next request', async () => {
    const location = await begin();
    await send('patch', location)
      .set('Content-Length', String(2 ** 40 + 1))
      .send('x')
      .expect(413);
    expect(await writerOf(location)).toBeNull();
  });

  it('in the store is free for the next request', async () => {
    const blob = randomBlob(limits.heldUploadBytes + 1);
    const location = await begin();
    await send('patch', location).send(blob.bytes).expect(202);
    await rm(await files.pathOfUpload(location));
    const failed = await send('put', `${location}?digest=${blob.digest}`).expect(404);
    expect(failed.body.errors[0].code).toBe('BLOB_UPLOAD_UNKNOWN');
    expect(await writerOf(location)).toBeNull();
    await send('put', `${location}?digest=${blob.digest}`).expect(404);
    expect(await client.hasBlob('team/app', blob.digest)).toBe(false);
  });
});

describe('one blob pushed 50 times at once', () => {
  it.each([
    ['POST', 1000],
    ['POST', 100_000],
    ['POST and PUT', 1000],
    ['POST and PUT', 100_000],
  ])('by %s of %d bytes becomes one', async (how, sizeBytes) => {
    const blob = randomBlob(sizeBytes);
    const pushOnce = async () => {
      const path = how === 'POST' ? uploads : await begin();
      const digest = `${path}?digest=${blob.digest}`;
      return (how === 'POST' ? send('post', digest) : send('put', digest)).send(blob.bytes);
    };
    const answers = await Promise.all(Array.from({ length: 50 }, pushOnce));
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(201));
    const rows = await world.sql('SELECT storage_key FROM blobs WHERE digest = $1', [blob.digest]);
    expect(rows).toHaveLength(1);
    expect((await client.pullBlob('team/app', blob.digest)).equals(blob.bytes)).toBe(true);
    const kept = await world.sql<{ storage_key: string }>('SELECT storage_key FROM blobs');
    const stored = await files.finished();
    expect(stored.sort()).toEqual(kept.map((row) => row.storage_key).sort());
  });
});

describe('abandoned uploads', () => {
  it('are swept with all they left, but not one that is being written', async () => {
    const sweeper = app.nest.get(AbandonedUploads, { strict: false });
    await sweeper.sweep(0);
    const [empty, started] = [await begin(), await begin()];
    await send('patch', started).send(randomBlob().bytes).expect(202);
    expect(await sweeper.sweep()).toBe(0); // touched less than a day ago
    const alive = await begin();
    const bytes = randomBlob(2 * mebibyte).bytes;
    const patch = await beginPatch(alive, bytes);

    expect(await sweeper.sweep(0)).toBe(2);
    for (const location of [empty, started]) await send('get', location).expect(404);
    await patch.write(bytes.subarray(mebibyte));
    expect((await patch.answer()).status).toBe(202);
    expect(await sweeper.sweep(0)).toBe(1);
    expect(await files.staged()).toEqual([]);
    expect(await world.sql('SELECT id FROM uploads')).toEqual([]);
  });
});
