import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limits } from '../../apps/registry-api/src/limits.js';
import { startApp, type TestApp } from '../support/app.js';
import { basic, bearer } from '../support/authorization.js';
import { indexOf, randomBlob, randomImage, type TestManifest } from '../support/images.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

/** What `docs/round-trips.md` tells people, by request. */
const page = readFileSync(join(import.meta.dirname, '../../docs/round-trips.md'), 'utf8');
const written = new Map(
  [...page.matchAll(/^\| ([^|]+) \| (\d+) \| [^|]+ \|$/gm)].map(([, request, count]) => [
    request!,
    Number(count),
  ]),
);
const counted = new Set<string>();

let app: TestApp;
let world: World;
let image: TestManifest;
let alice: Credentials;
let callers: Record<string, string | undefined>;
const scopes = ['repository:alice/app:pull,push,delete', 'repository:alice/other:pull', 'registry:catalog:*'];

beforeAll(async () => {
  app = await startApp();
  world = await World.open(app.databaseUrl);
  alice = await world.user('alice');
  await world.repository('alice/app', { visibility: 'public' });
  image = randomImage();
  const client = new RegistryClient({ url: app.url, credentials: alice });
  await client.push('alice/app', image, 'v1');
  const accessToken = await world.accessToken('alice');
  callers = {
    anonymous: undefined,
    'an anonymous bearer': await bearer(app.url, scopes),
    'a bearer by password': await bearer(app.url, scopes, alice),
    'a bearer by access token': await bearer(app.url, scopes, accessToken),
    'an access token': basic(accessToken),
    'a robot': basic(await world.robot('alice', 'ci')),
  };
});
afterAll(async () => {
  await world.close();
  await app.close();
});

interface Sent {
  method: string;
  path: string;
  authorization?: string;
  body?: Uint8Array;
  type?: string;
}

/** Sends a request and expects as many statements as the page says for it. Answers the Location. */
async function count(row: string, sent: Sent): Promise<string> {
  counted.add(row);
  const headers: Record<string, string> = { 'content-type': sent.type ?? 'application/octet-stream' };
  if (sent.authorization !== undefined) headers.authorization = sent.authorization;
  let location = '';
  const statements = await app.countSql(async () => {
    const response = await fetch(app.url + sent.path, { method: sent.method, headers, body: sent.body });
    const text = await response.text();
    expect(response.ok, `${sent.method} ${sent.path} answered ${response.status}: ${text}`).toBe(true);
    location = response.headers.get('location') ?? '';
  });
  expect({ row, count: statements.length, statements }).toMatchObject({ row, count: written.get(row) });
  return location;
}

describe('SQL round trips', () => {
  const reads = (): [string, string, string][] => [
    ['`GET` manifest by tag or digest', 'GET', '/v2/alice/app/manifests/v1'],
    ['`GET` manifest by tag or digest', 'GET', `/v2/alice/app/manifests/${image.digest}`],
    ['`HEAD` manifest', 'HEAD', '/v2/alice/app/manifests/v1'],
    ['`GET` blob', 'GET', `/v2/alice/app/blobs/${image.blobs[0]!.digest}`],
    ['tags list', 'GET', '/v2/alice/app/tags/list'],
    ['referrers', 'GET', `/v2/alice/app/referrers/${image.digest}`],
  ];

  it.each([
    'anonymous',
    'an anonymous bearer',
    'a bearer by password',
    'a bearer by access token',
    'an access token',
    'a robot',
  ])('are one for every read of %s', async (caller) => {
    const authorization = callers[caller];
    for (const [row, method, path] of reads()) {
      await count(row, { method, path, authorization });
      expect(written.get(row)).toBe(1);
    }
    const isPusher = !caller.includes('anonymous');
    const head = { method: 'HEAD', path: `/v2/alice/app/blobs/${image.blobs[0]!.digest}`, authorization };
    await count(isPusher ? '`HEAD` blob before a push' : '`HEAD` blob', head);
    if (caller === 'anonymous') return; // whom the catalog sends to the token service
    await count('catalog', { method: 'GET', path: '/v2/_catalog', authorization });
    await count('`docker search`', { method: 'GET', path: '/v1/search?q=app', authorization });
  });

  it('of pushes are those that are written down', async () => {
    const authorization = callers['a bearer by access token'];
    const send = (row: string, method: string, path: string, body?: Uint8Array, type?: string) =>
      count(row, { method, path, authorization, body, type });
    const uploads = '/v2/alice/app/blobs/uploads/';
    const [chunked, monolithic, single] = [randomBlob(), randomBlob(), randomBlob()] as const;
    const large = randomBlob(limits.heldUploadBytes + 1);

    for (const [size, blob] of [
      ['small', chunked],
      ['large', large],
    ] as const) {
      const [patch, put] =
        size === 'small'
          ? ['`PATCH` that is small and the first', '`PUT` after a small `PATCH`']
          : ['`PATCH`', '`PUT` without bytes'];
      const upload = await send('`POST` an upload', 'POST', uploads);
      await send(patch, 'PATCH', upload, blob.bytes);
      await send('`GET` an upload', 'GET', upload);
      await send(put, 'PUT', `${upload}?digest=${blob.digest}`);
    }
    const [second, third] = [
      await send('`POST` an upload', 'POST', uploads),
      await send('`POST` an upload', 'POST', uploads),
    ];
    const fewBytes = '`PUT` with all bytes, which are few';
    await send(fewBytes, 'PUT', `${second}?digest=${monolithic.digest}`, monolithic.bytes);
    await send('`PUT` with bytes', 'PUT', `${third}?digest=${large.digest}`, large.bytes);
    await send('`POST` with the blob', 'POST', `${uploads}?digest=${single.digest}`, single.bytes);
    const cancelled = await send('`POST` an upload', 'POST', uploads);
    await send('`DELETE` an upload', 'DELETE', cancelled);
    await send('`POST` with `mount`', 'POST', `${uploads}?mount=${single.digest}`);
    await send('`POST` with `mount`', 'POST', `${uploads}?mount=${single.digest}&from=alice/app`);
    const refused = `${uploads}?mount=${randomBlob().digest}`;
    await send('`POST` with `mount` that cannot be', 'POST', refused);
    await send('`POST` with `mount` that cannot be', 'POST', `${refused}&from=alice/other`);
  });

  it('of manifests that come and go are those that are written down', async () => {
    const authorization = callers['a bearer by access token'];
    const client = new RegistryClient({ url: app.url, credentials: alice });
    const next = randomImage();
    for (const blob of next.blobs) await client.pushBlob('alice/app', blob);
    const path = (reference: string) => `/v2/alice/app/manifests/${reference}`;
    const put = (row: string, { bytes, mediaType }: TestManifest, reference: string) =>
      count(row, { method: 'PUT', path: path(reference), authorization, body: bytes, type: mediaType });
    const remove = (row: string, address: string) =>
      count(row, { method: 'DELETE', path: address, authorization });

    await put('`PUT` manifest', next, next.digest);
    const index = indexOf([next]);
    await put('`PUT` index', index, index.digest);
    const outer = indexOf([index]);
    await put('`PUT` index of indexes', outer, 'many');
    await remove('`DELETE` tag', path('many'));
    for (const { digest } of [outer, index, next]) await remove('`DELETE` manifest', path(digest));
    await remove('`DELETE` blob', `/v2/alice/app/blobs/${next.blobs[0]!.digest}`);
  });

  it('are shared by look-ups that come at once', async () => {
    const get = async () => (await fetch(`${app.url}/v2/alice/app/manifests/v1`)).arrayBuffer();
    await get();
    const statements = await app.countSql(() => Promise.all(Array.from({ length: 40 }, get)));
    expect(statements.length).toBeLessThan(40);
  });

  it('that are written down are all counted here', () => {
    expect([...written.keys()].sort()).toEqual([...counted].sort());
  });
});
