import { randomBytes } from 'node:crypto';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken, basic } from '../support/authorization.js';
import {
  descriptorOf,
  digestOf,
  manifestOf,
  mediaTypes,
  randomBlob,
  randomImage,
} from '../support/images.js';
import { RawConnection } from '../support/raw-http.js';
import { RegistryClient } from '../support/registry-client.js';

const mebibyte = 1024 * 1024;
const sha256 = `sha256:${'0'.repeat(64)}`;

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

type Method = 'get' | 'head' | 'put' | 'post' | 'patch' | 'delete';
const send = (method: Method, path: string) =>
  supertest(app.url)[method](path).set('Authorization', authorization);
const codeOf = (response: supertest.Response) => response.body.errors?.[0]?.code;

const requests: [Method, (name: string) => string][] = [
  ['get', (name) => `/v2/${name}/manifests/latest`],
  ['put', (name) => `/v2/${name}/manifests/latest`],
  ['delete', (name) => `/v2/${name}/manifests/latest`],
  ['get', (name) => `/v2/${name}/blobs/${sha256}`],
  ['delete', (name) => `/v2/${name}/blobs/${sha256}`],
  ['post', (name) => `/v2/${name}/blobs/uploads/`],
  ['patch', (name) => `/v2/${name}/blobs/uploads/00000000-0000-4000-8000-000000000000`],
  ['get', (name) => `/v2/${name}/tags/list`],
  ['get', (name) => `/v2/${name}/referrers/${sha256}`],
];
const names = ['UPPER/case', '-a/b', 'a-/b', 'a/b_', 'a/b___c', 'a/b..c', 'a b/c', 'a/b+c', 'a/ü', 'a/b:c'];
names.push(`a/${'b'.repeat(254)}`, 'a'.repeat(248)); // 256 characters, as library/… too

describe('a name out of grammar', () => {
  const rows = names.flatMap((name) => requests.map(([method, path]) => ({ name, method, path })));
  it.each(rows)('is refused: $name, $method', async ({ name, method, path }) => {
    const response = await send(method, path(encodeURI(name)));
    expect([response.status, codeOf(response)]).toEqual([400, 'NAME_INVALID']);
    expect(response.body.errors[0].message).toMatch(/^".+" is not a valid repository name: /);
  });

  it('of the longest allowed length is taken', async () => {
    const name = `a/${'b'.repeat(253)}`;
    await client.push(name, randomImage(), 'latest');
    expect(await client.tags(name)).toEqual(['latest']);
  });
});

describe('a digest out of grammar', () => {
  const digests = ['sha256:', 'sha256:abc', `sha256:${'A'.repeat(64)}`, `sha256:${'g'.repeat(64)}`];
  digests.push(
    `sha256:${'0'.repeat(65)}`,
    `md5:${'0'.repeat(32)}`,
    `SHA256:${'0'.repeat(64)}`,
    `sha512:${'0'.repeat(64)}`,
  );
  digests.push(`sha256-${'0'.repeat(64)}:`, `sha256:${'0'.repeat(64)}:`, ':', `sha256+b64:${'0'.repeat(64)}`);
  const places: [Method, (digest: string) => string][] = [
    ['get', (digest) => `/v2/team/app/blobs/${digest}`],
    ['delete', (digest) => `/v2/team/app/blobs/${digest}`],
    ['get', (digest) => `/v2/team/app/manifests/${digest}`],
    ['put', (digest) => `/v2/team/app/manifests/${digest}`],
    ['delete', (digest) => `/v2/team/app/manifests/${digest}`],
    ['get', (digest) => `/v2/team/app/referrers/${digest}`],
    ['post', (digest) => `/v2/team/app/blobs/uploads/?digest=${digest}`],
    ['post', (digest) => `/v2/team/app/blobs/uploads/?mount=${digest}`],
    ['put', (digest) => `/v2/team/app/blobs/uploads/00000000-0000-4000-8000-000000000000?digest=${digest}`],
  ];
  const rows = digests.flatMap((digest) => places.map(([method, path]) => ({ digest, method, path })));
  it.each(rows)('is refused: $digest, $method', async ({ digest, method, path }) => {
    const response = await send(method, path(digest)).send('x');
    expect([response.status, codeOf(response)]).toEqual([400, 'DIGEST_INVALID']);
  });

  it.each(['md5', 'SHA256', 'sha384', ''])('is none by algorithm %j', async (algorithm) => {
    const response = await send('post', `/v2/team/app/blobs/uploads/?digest-algorithm=${algorithm}`);
    expect([response.status, codeOf(response)]).toEqual([400, 'DIGEST_INVALID']);
  });
});

it.each(['-a', '.a', 'a b', 'a+b', 'ü', 'a'.repeat(129)])('a tag %j is refused', async (tag) => {
  const path = `/v2/team/app/manifests/${encodeURIComponent(tag)}`;
  for (const method of ['get', 'put', 'delete'] as const) {
    const response = await send(method, path);
    expect([response.status, codeOf(response)]).toEqual([400, 'TAG_INVALID']);
  }
  const image = randomImage();
  const byDigest = await send('put', `/v2/team/app/manifests/${image.digest}?tag=${encodeURIComponent(tag)}`);
  expect([byDigest.status, codeOf(byDigest)]).toEqual([400, 'TAG_INVALID']);
});

it.each(['-1', 'abc', '1.5', '%201', '', '1&n=2', '9'.repeat(20)])('n=%s is refused', async (n) => {
  await client.push('team/app', randomImage(), 'latest');
  for (const list of ['team/app/tags/list', '_catalog', `team/app/referrers/${sha256}`]) {
    const response = await send('get', `/v2/${list}?n=${n}`);
    expect([list, response.status, codeOf(response)]).toEqual([list, 400, 'PAGINATION_NUMBER_INVALID']);
  }
});

describe('a manifest', () => {
  const put = (body: string | Buffer, mediaType: string = mediaTypes.ociManifest, reference = 'bad') =>
    send('put', `/v2/team/bad/manifests/${reference}`).set('Content-Type', mediaType).send(String(body));

  it('that refers to what is not there names all of it', async () => {
    const [config, layer, present] = [randomBlob(), randomBlob(), randomBlob()];
    await client.pushBlob('team/bad', present);
    const layers = [layer, present, layer].map((blob) => descriptorOf(blob));
    const image = manifestOf({
      schemaVersion: 2,
      mediaType: mediaTypes.ociManifest,
      config: descriptorOf(config),
      layers,
    });
    const refused = await put(image.bytes).expect(404);
    const named = refused.body.errors.map(({ code, detail }: { code: string; detail: object }) => ({
      code,
      detail,
    }));
    const code = 'MANIFEST_BLOB_UNKNOWN';
    expect(named).toEqual([
      { code, detail: { digest: config.digest } },
      { code, detail: { digest: layer.digest } },
    ]);

    const children = [randomImage(), randomImage()];
    const manifests = children.map((child) => descriptorOf(child));
    const index = manifestOf({ schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests });
    const refusedIndex = await put(index.bytes, mediaTypes.ociIndex).expect(404);
    expect(refusedIndex.body.errors.map(({ detail }: { detail: object }) => detail)).toEqual(
      children.map(({ digest }) => ({ digest })),
    );
    await send('get', '/v2/team/bad/manifests/bad').expect(404);
  });

  it('is refused under a digest that is not its own', async () => {
    const image = randomImage();
    const response = await put(image.bytes, image.mediaType, sha256);
    expect([response.status, codeOf(response)]).toEqual([400, 'DIGEST_INVALID']);
  });

  /** A valid manifest of exactly so many bytes. */
  async function imageOf(sizeBytes: number) {
    const image = randomImage();
    for (const blob of image.blobs) await client.pushBlob('team/bad', blob);
    const body = { ...JSON.parse(image.bytes.toString()), annotations: { padding: '' } };
    const room = sizeBytes - manifestOf(body).bytes.length;
    return manifestOf({
      ...body,
      annotations: {
        padding: randomBytes(room / 2 + 1)
          .toString('hex')
          .slice(0, room),
      },
    });
  }

  it('of 4 MiB is taken', async () => {
    const image = await imageOf(4 * mebibyte);
    expect(image.bytes.length).toBe(4 * mebibyte);
    await put(image.bytes, image.mediaType, 'large').expect(201);
    expect(digestOf(await client.pullManifest('team/bad', 'large'))).toBe(image.digest);
  });

  it.each(['with its length', 'in chunks of unknown number'])(
    'of 4 MiB and a byte is refused, sent %s',
    async (how) => {
      const { bytes, mediaType } = await imageOf(4 * mebibyte + 1);
      const length: Record<string, string> =
        how === 'with its length'
          ? { 'Content-Length': String(bytes.length) }
          : { 'Transfer-Encoding': 'chunked' };
      const framed =
        how === 'with its length' ? [bytes] : [`${bytes.length.toString(16)}\r\n`, bytes, '\r\n0\r\n\r\n'];
      const connection = await RawConnection.open(app.url);
      const headers = { Authorization: authorization, 'Content-Type': mediaType, Connection: 'close' };
      await connection.writeHead('PUT', '/v2/team/bad/manifests/larger', { ...headers, ...length });
      for (const piece of framed) await connection.write(piece);
      const answer = await connection.answer();
      expect([answer.status, JSON.parse(answer.body).errors[0].code]).toEqual([413, 'SIZE_INVALID']);
      await send('get', '/v2/team/bad/manifests/larger').expect(404);
    },
  );
});
