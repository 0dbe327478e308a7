import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UploadStore } from '../../apps/registry-api/src/uploads/upload.store.js';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken, basic } from '../support/authorization.js';
import { BlobFiles } from '../support/blob-files.js';
import { eventually } from '../support/eventually.js';
import { randomBlob } from '../support/images.js';
import { RawConnection } from '../support/raw-http.js';
import { RegistryClient } from '../support/registry-client.js';

const mebibyte = 1024 * 1024;
const sizeBytes = 3 * mebibyte;
const uploads = '/v2/team/app/blobs/uploads/';

let app: TestApp;
let client: RegistryClient;
let authorization: string;
let files: BlobFiles;

beforeAll(async () => {
  app = await startApp();
  files = new BlobFiles(app);
  const credentials = await adminToken(app);
  authorization = basic(credentials);
  client = new RegistryClient({ url: app.url, credentials, scheme: 'basic' });
});
afterAll(() => app.close());

const send = (method: 'get' | 'put' | 'patch' | 'delete' | 'post', path: string) =>
  supertest(app.url)[method](path).set('Authorization', authorization);
const begin = async () => (await send('post', uploads).expect(202)).headers.location!;

async function offsetOf(location: string): Promise<number> {
  const { headers } = await send('get', location).expect(204);
  expect(headers.range).toBe(`0-${Math.max(0, Number(headers['upload-offset']) - 1)}`);
  return Number(headers['upload-offset']);
}

/**
 * A writer that lives does not hold up the answer to where an upload stands, which then is its last durable offset: on
 * a slow disk it may still write down what arrived.
 */
async function nobodyWrites(location: string): Promise<void> {
  const store = app.nest.get(UploadStore, { strict: false });
  const id = location.split('/').at(-1)!;
  await eventually('the writer lets go', async () => (await store.heldUntil(id)) === 0);
}

type Framing = 'length' | 'chunked';

/** Sends a request's head and only the beginning of its body, and leaves the connection open. */
async function beginRequest(method: string, path: string, bytes: Buffer, framing: Framing, range?: string) {
  const connection = await RawConnection.open(app.url);
  await connection.writeHead(method, path, {
    Authorization: authorization,
    'Content-Type': 'application/octet-stream',
    ...(framing === 'length' ? { 'Content-Length': String(sizeBytes) } : { 'Transfer-Encoding': 'chunked' }),
    ...(range ? { 'Content-Range': range } : {}),
  });
  if (framing === 'chunked') await connection.write(`${sizeBytes.toString(16)}\r\n`);
  await connection.write(bytes);
  return connection;
}

describe('a connection that is cut', () => {
  const points = [0, 1, 65_536, mebibyte + 3, sizeBytes - 1];
  const rows = points.flatMap((point) =>
    (['PATCH', 'PUT'] as const).flatMap((method) =>
      (['length', 'chunked'] as const).flatMap((framing) =>
        (['cut', 'end'] as const).map((how) => ({ point, method, framing, how })),
      ),
    ),
  );

  it.each(rows)('$how after $point bytes of $method by $framing: it goes on from there', async (row) => {
    const blob = randomBlob(sizeBytes);
    const location = await begin();
    const path = row.method === 'PUT' ? `${location}?digest=${blob.digest}` : location;
    const connection = await beginRequest(row.method, path, blob.bytes.subarray(0, row.point), row.framing);
    if (row.point > 0) {
      const onDisk = row.point >= mebibyte ? mebibyte : 0;
      await eventually('it is being written', async () => (await files.stagedBytes(location)) >= onDisk);
    }
    connection[row.how]();
    await connection.closed();
    await nobodyWrites(location);

    const offset = await offsetOf(location);
    expect(offset).toBeLessThanOrEqual(row.point);
    expect(offset).toBeGreaterThanOrEqual(row.point >= mebibyte ? mebibyte : 0);
    expect(await files.stagedBytes(location).catch(() => 0)).toBe(offset);
    expect(await client.hasBlob('team/app', blob.digest)).toBe(false);
    const rest = blob.bytes.subarray(offset);
    const patched = await send('patch', location)
      .set('Content-Range', `${offset}-${sizeBytes - 1}`)
      .type('application/octet-stream')
      .send(rest)
      .expect(202);
    expect(patched.headers.range).toBe(`0-${sizeBytes - 1}`);
    await send('put', `${location}?digest=${blob.digest}`).expect(201);
    expect((await client.pullBlob('team/app', blob.digest)).equals(blob.bytes)).toBe(true);
  });
});

describe('a connection that is cut in a single POST', () => {
  it.each([0, 1, mebibyte + 3, sizeBytes - 1])('after %d bytes leaves nothing behind', async (point) => {
    const blob = randomBlob(sizeBytes);
    const before = await files.staged();
    const path = `${uploads}?digest=${blob.digest}`;
    const connection = await beginRequest('POST', path, blob.bytes.subarray(0, point), 'length');
    await eventually(
      'the bytes come in',
      async () => point === 0 || (await files.staged()).length > before.length,
    );
    connection.cut();
    await eventually('they are gone', async () => (await files.staged()).length === before.length);
    expect(await client.hasBlob('team/app', blob.digest)).toBe(false);
    await send('post', path).send(blob.bytes).expect(201);
  });
});

describe('an answer that is lost', () => {
  it('to a PATCH: the status tells that all of it arrived', async () => {
    const blob = randomBlob(sizeBytes);
    const location = await begin();
    const connection = await beginRequest('PATCH', location, blob.bytes, 'length');
    await eventually('it is on the disk', async () => (await files.stagedBytes(location)) === sizeBytes);
    connection.cut();
    await nobodyWrites(location);
    expect(await offsetOf(location)).toBe(sizeBytes);
    await send('put', `${location}?digest=${blob.digest}`).expect(201);
  });

  it('to a PUT: the blob is there, and the upload is not', async () => {
    const blob = randomBlob(sizeBytes);
    const location = await begin();
    const path = `${location}?digest=${blob.digest}`;
    const connection = await beginRequest('PUT', path, blob.bytes, 'length');
    connection.cut();
    // The first PUT may begin to write after the client has asked how far it came: the range tells the second one so.
    await eventually('the blob is there, or the client can send the rest', async () => {
      const { status, headers } = await send('get', location);
      if (status === 404) return client.hasBlob('team/app', blob.digest);
      const offset = Number(headers['upload-offset']);
      const rest = send('put', path);
      if (offset < sizeBytes) rest.set('Content-Range', `${offset}-${sizeBytes - 1}`);
      return (await rest.send(blob.bytes.subarray(offset))).status === 201;
    });
    expect((await client.pullBlob('team/app', blob.digest)).equals(blob.bytes)).toBe(true);
  });
});

describe('a chunk without a length', () => {
  const chunked = (bytes: Buffer) => [`${bytes.length.toString(16)}\r\n`, bytes, '\r\n0\r\n\r\n'];

  it.each([
    ['fewer', 50],
    ['more', 200],
  ])(
    'with %s bytes than its Content-Range names is refused; the status tells what is kept',
    async (_, sent) => {
      const blob = randomBlob(300);
      const location = await begin();
      const connection = await RawConnection.open(app.url);
      const headers = {
        Authorization: authorization,
        'Transfer-Encoding': 'chunked',
        'Content-Range': '0-99',
      };
      await connection.writeHead('PATCH', location, { ...headers, Connection: 'close' });
      for (const piece of chunked(blob.bytes.subarray(0, sent))) await connection.write(piece);
      const answer = await connection.answer();
      expect([answer.status, JSON.parse(answer.body).errors[0].code]).toEqual([400, 'SIZE_INVALID']);

      const offset = await offsetOf(location);
      expect(offset).toBeLessThanOrEqual(100);
      await send('put', `${location}?digest=${blob.digest}`).send(blob.bytes.subarray(offset)).expect(201);
    },
  );
});
