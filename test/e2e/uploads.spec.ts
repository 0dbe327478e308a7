import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken, basic } from '../support/authorization.js';
import { type Content, content, randomBlob } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';

const uploads = '/v2/team/app/blobs/uploads/';
const absent = `${uploads}00000000-0000-4000-8000-000000000000`;

let app: TestApp;
let client: RegistryClient;
let authorization: string;

beforeAll(async () => {
  app = await startApp();
  const credentials = await adminToken(app);
  authorization = basic(credentials);
  client = new RegistryClient({ url: app.url, credentials, scheme: 'basic' });
});
afterAll(() => app.close());

type Method = 'get' | 'put' | 'post' | 'patch' | 'delete';
const send = (method: Method, path: string, body?: Buffer, range?: string) => {
  const request = supertest(app.url)[method](path).set('Authorization', authorization);
  if (range !== undefined) request.set('Content-Range', range);
  return body === undefined ? request : request.type('application/octet-stream').send(body);
};
const begin = async (query = ''): Promise<string> =>
  (await send('post', uploads + query).expect(202)).headers.location!;
const codeOf = (response: supertest.Response) => response.body.errors?.[0]?.code;
const isThere = async ({ digest, bytes }: Content) =>
  (await client.hasBlob('team/app', digest)) && (await client.pullBlob('team/app', digest)).equals(bytes);

describe.each(['sha256', 'sha512'] as const)('a %s blob', (algorithm) => {
  const query = `?digest-algorithm=${algorithm}`;
  const parts = (blob: Content) => [blob.bytes.subarray(0, 100), blob.bytes.subarray(100)] as const;

  it('comes in a single POST', async () => {
    const blob = randomBlob(1000, algorithm);
    const response = await send('post', `${uploads}?digest=${blob.digest}`, blob.bytes).expect(201);
    expect(response.headers.location).toBe(`/v2/team/app/blobs/${blob.digest}`);
    expect(response.headers['docker-content-digest']).toBe(blob.digest);
    expect(response.headers['content-length']).toBe('0');
    expect(await isThere(blob)).toBe(true);
  });

  it('comes in POST and PUT', async () => {
    const blob = randomBlob(1000, algorithm);
    const begun = await send('post', uploads + query).expect(202);
    expect(begun.headers.location).toMatch(/^\/v2\/team\/app\/blobs\/uploads\/[0-9a-f-]{36}$/);
    expect(begun.headers['docker-upload-uuid']).toBe(begun.headers.location!.split('/').at(-1));
    expect(begun.headers).toMatchObject({
      range: '0-0',
      'content-length': '0',
      'cache-control': 'private, no-store',
    });
    const finished = await send('put', `${begun.headers.location}?digest=${blob.digest}`, blob.bytes).expect(
      201,
    );
    expect(finished.headers.location).toBe(`/v2/team/app/blobs/${blob.digest}`);
    expect(finished.headers['docker-content-digest']).toBe(blob.digest);
    expect(await isThere(blob)).toBe(true);
    await send('get', begun.headers.location!).expect(404);
  });

  it.each([
    ['with the last bytes in PUT', true],
    ['with an empty PUT', false],
  ])('comes in PATCHes, %s', async (_how, isLastInPut) => {
    const blob = randomBlob(1000, algorithm);
    const [first, second] = parts(blob);
    const location = await begin(query);
    const patched = await send('patch', location, first, '0-99').expect(202);
    expect(patched.headers).toMatchObject({ location, range: '0-99', 'content-length': '0' });
    const status = await send('get', location).expect(204);
    expect(status.headers).toMatchObject({ location, range: '0-99' });
    if (isLastInPut) {
      await send('put', `${location}?digest=${blob.digest}`, second, '100-999').expect(201);
    } else {
      expect((await send('patch', location, second, '100-999').expect(202)).headers.range).toBe('0-999');
      await send('put', `${location}?digest=${blob.digest}`).expect(201);
    }
    expect(await isThere(blob)).toBe(true);
  });

  it('comes by an upload that was begun for the other algorithm', async () => {
    const blob = randomBlob(1000, algorithm);
    const [first, second] = parts(blob);
    const location = await begin(`?digest-algorithm=${algorithm === 'sha256' ? 'sha512' : 'sha256'}`);
    await send('patch', location, first).expect(202);
    await send('put', `${location}?digest=${blob.digest}`, second).expect(201);
    expect(await isThere(blob)).toBe(true);
  });

  it('of no bytes comes in every way', async () => {
    const empty = content('', undefined, algorithm);
    await send('post', `${uploads}?digest=${empty.digest}`).expect(201);
    await send('put', `${await begin(query)}?digest=${empty.digest}`).expect(201);
    const patched = await begin(query);
    await send('patch', patched, Buffer.alloc(0)).expect(202);
    await send('put', `${patched}?digest=${empty.digest}`).expect(201);
    const response = await send('get', `/v2/team/app/blobs/${empty.digest}`).expect(200);
    expect(response.headers['content-length']).toBe('0');
  });

  it('with another digest than its own is refused, and the upload goes on', async () => {
    const [blob, other] = [randomBlob(1000, algorithm), randomBlob(10, algorithm)];
    const single = await send('post', `${uploads}?digest=${other.digest}`, blob.bytes).expect(400);
    expect(single.body.errors[0]).toMatchObject({
      code: 'DIGEST_INVALID',
      detail: { wanted: other.digest, got: blob.digest },
    });

    const location = await begin(query);
    const refused = await send('put', `${location}?digest=${other.digest}`, blob.bytes).expect(400);
    expect(codeOf(refused)).toBe('DIGEST_INVALID');
    for (const { digest } of [blob, other]) expect(await client.hasBlob('team/app', digest)).toBe(false);
    expect((await send('get', location).expect(204)).headers.range).toBe('0-999');
    await send('put', `${location}?digest=${blob.digest}`).expect(201);
    expect(await isThere(blob)).toBe(true);
  });
});

describe('an upload', () => {
  it.each([
    ['past the end', '200-299'],
    ['before it', '50-149'],
    ['at the start', '0-99'],
    ['far beyond any size', '9007199254740000-9007199254740099'],
  ])('takes no chunk %s', async (_where, range) => {
    const blob = randomBlob(200);
    const location = await begin();
    await send('patch', location, blob.bytes.subarray(0, 100), '0-99').expect(202);
    for (const method of ['patch', 'put'] as const) {
      const path = method === 'put' ? `${location}?digest=${blob.digest}` : location;
      const response = await send(method, path, blob.bytes.subarray(100), range).expect(416);
      expect(codeOf(response)).toBe('BLOB_UPLOAD_INVALID');
      expect(response.headers).toMatchObject({ location, range: '0-99' });
    }
    await send('put', `${location}?digest=${blob.digest}`, blob.bytes.subarray(100), '100-199').expect(201);
  });

  it.each(['99-0', 'abc', '0-', '-99', '0-99/100', 'bytes=0-99', '0-9223372036854775808', '0-99, 100-199'])(
    'does not understand Content-Range: %s',
    async (range) => {
      const location = await begin();
      const response = await send('patch', location, Buffer.alloc(100), range);
      expect([response.status, codeOf(response)]).toEqual([400, 'BLOB_UPLOAD_INVALID']);
      expect((await send('get', location).expect(204)).headers.range).toBe('0-0');
    },
  );

  it('has a length that its headers agree on', async () => {
    const location = await begin();
    for (const range of ['0-98', '0-100']) {
      const response = await send('patch', location, Buffer.alloc(100), range);
      expect([response.status, codeOf(response)]).toEqual([400, 'SIZE_INVALID']);
    }
    expect((await send('get', location).expect(204)).headers.range).toBe('0-0');
  });

  it('is larger than a blob may be: refused before a byte of it is read', async () => {
    const location = await begin();
    const tebibyte = 2 ** 40;
    const request = supertest(app.url).patch(location).set('Authorization', authorization);
    const response = await request.set('Content-Length', String(tebibyte + 1)).send('x');
    expect([response.status, codeOf(response)]).toEqual([413, 'SIZE_INVALID']);
    await send('patch', location, Buffer.alloc(10), '0-9').expect(202);
  });

  it('needs the digest to be finished', async () => {
    const location = await begin();
    const response = await send('put', location, Buffer.alloc(10));
    expect([response.status, codeOf(response)]).toEqual([400, 'DIGEST_INVALID']);
  });

  it('is cancelled', async () => {
    const location = await begin();
    await send('patch', location, Buffer.alloc(100)).expect(202);
    await send('delete', location).expect(204);
    for (const method of ['get', 'patch', 'delete'] as const) {
      const response = await send(method, location);
      expect([response.status, codeOf(response)]).toEqual([404, 'BLOB_UPLOAD_UNKNOWN']);
    }
  });

  it.each([absent, `${uploads}abc`, `${uploads}%27;--`, `${uploads}..`])(
    'is unknown at %s',
    async (location) => {
      for (const method of ['get', 'patch', 'delete', 'put'] as const) {
        const response = await send(method, `${location}?digest=${randomBlob().digest}`);
        expect([response.status, codeOf(response)]).toEqual(
          location.endsWith('..') ? [400, 'NAME_INVALID'] : [404, 'BLOB_UPLOAD_UNKNOWN'],
        );
      }
    },
  );
});
