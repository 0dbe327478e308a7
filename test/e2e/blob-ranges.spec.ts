import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken, basic } from '../support/authorization.js';
import { content, randomBlob } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { storageKinds } from '../support/storage-settings.js';

/** One that is streamed, and one that is answered from memory. */
const large = randomBlob(300_000);
const small = randomBlob(1000);
const empty = content('');

describe.each(storageKinds)('on %s', (storage) => {
  let app: TestApp;
  let authorization: string;

  beforeAll(async () => {
    app = await startApp({ storage });
    const credentials = await adminToken(app);
    authorization = basic(credentials);
    const client = new RegistryClient({ url: app.url, credentials, scheme: 'basic' });
    for (const blob of [large, small, empty]) await client.pushBlob('team/app', blob);
  });
  afterAll(() => app.close());

  const send = (method: 'get' | 'head', path: string, headers: Record<string, string> = {}) =>
    supertest(app.url)
      [method](path)
      .set({ Authorization: authorization, ...headers });

  describe.each([
    ['a small blob', small],
    ['a large blob', large],
  ])('a range of %s', (_, blob) => {
    const end = blob.bytes.length - 1;
    const path = `/v2/team/app/blobs/${blob.digest}`;

    it.each([
      ['bytes=0-0', 0, 0],
      ['bytes=0-99', 0, 99],
      ['bytes=100-199', 100, 199],
      ['bytes=100-', 100, end],
      [`bytes=${end}-${end}`, end, end],
      [`bytes=0-${end + 1000}`, 0, end],
      ['bytes=0-9223372036854775807', 0, end],
      ['bytes=-1', end, end],
      ['bytes=-100', end - 99, end],
      [`bytes=-${end + 1000}`, 0, end],
      ['BYTES=0-1', 0, 1],
    ])('%s is answered', async (range, first, last) => {
      const answer = await send('get', path, { Range: range }).expect(206);
      expect(answer.headers).toMatchObject({
        'content-range': `bytes ${first}-${last}/${end + 1}`,
        'content-length': String(last - first + 1),
        etag: `"${blob.digest}"`,
        'docker-content-digest': blob.digest,
      });
      expect(blob.bytes.subarray(first, last + 1).equals(answer.body)).toBe(true);
    });

    it.each([
      `bytes=${end + 1}-`,
      `bytes=${end + 1}-${end + 9}`,
      'bytes=9-1',
      'bytes=-0',
      'bytes=9223372036854775808-',
    ])('%s lies outside', async (range) => {
      const answer = await send('get', path, { Range: range }).expect(416);
      expect(answer.headers['content-range']).toBe(`bytes */${end + 1}`);
      expect(answer.headers).not.toHaveProperty('etag');
      expect(answer.body.errors[0].code).toBe('RANGE_INVALID');
    });

    it.each(['bytes', 'bytes=', 'bytes=-', 'bytes=a-b', 'items=0-1', 'bytes=0-1,2-3', 'bytes=0-1;2'])(
      '%s is none: the whole is answered',
      async (range) => {
        const answer = await send('get', path, { Range: range }).expect(200);
        expect(answer.headers['content-length']).toBe(String(end + 1));
      },
    );

    it('is for GET alone', async () => {
      const answer = await send('head', path, { Range: 'bytes=0-1' }).expect(200);
      expect(answer.headers['content-length']).toBe(String(end + 1));
    });

    it.each([
      [`"${blob.digest}"`, 206],
      [`W/"${blob.digest}"`, 200],
      ['"other"', 200],
      [new Date().toUTCString(), 200],
    ])('counts with If-Range: %s only for the same bytes', async (condition, status) => {
      const answer = await send('get', path, { Range: 'bytes=0-1', 'If-Range': condition });
      expect([answer.status, answer.headers['content-length']]).toEqual([
        status,
        String(status === 206 ? 2 : end + 1),
      ]);
      await send('get', path, { Range: `bytes=${end + 1}-`, 'If-Range': condition }).expect(
        status === 206 ? 416 : 200,
      );
    });
  });

  it('of a blob without bytes there is no range', async () => {
    const path = `/v2/team/app/blobs/${empty.digest}`;
    const answer = await send('get', path, { Range: 'bytes=0-' }).expect(416);
    expect(answer.headers['content-range']).toBe('bytes */0');
    await send('get', path, { Range: 'bytes=-1' }).expect(200);
  });
});
