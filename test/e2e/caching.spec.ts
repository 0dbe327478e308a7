import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken, basic } from '../support/authorization.js';
import { randomBlob, randomImage, type TestManifest } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

let app: TestApp;
let world: World;
let authorization: string;
let image: TestManifest;
const large = randomBlob(300_000);
const small = randomBlob(1000);

beforeAll(async () => {
  app = await startApp();
  world = await World.open(app.databaseUrl);
  const credentials = await adminToken(app);
  authorization = basic(credentials);
  const client = new RegistryClient({ url: app.url, credentials, scheme: 'basic' });
  image = randomImage();
  for (const repository of ['team/private', 'team/public']) {
    await client.push(repository, image, 'latest');
    for (const blob of [large, small]) await client.pushBlob(repository, blob);
  }
  await setVisibility('team/public', 'public');
});
afterAll(async () => {
  await world.close();
  await app.close();
});

const setVisibility = (name: string, visibility: string) =>
  world.sql('UPDATE repositories SET visibility = $2 WHERE name = $1', [name, visibility]);
const send = (method: 'get' | 'head', path: string, headers: Record<string, string> = {}) =>
  supertest(app.url)
    [method](path)
    .set({ Authorization: authorization, ...headers });
const addresses = (name: string): [string, string][] => [
  [`/v2/${name}/manifests/latest`, image.digest],
  [`/v2/${name}/manifests/${image.digest}`, image.digest],
  [`/v2/${name}/blobs/${large.digest}`, large.digest],
  [`/v2/${name}/blobs/${small.digest}`, small.digest],
];

describe('Cache-Control', () => {
  it.each([
    ['team/public', 'no-cache'],
    ['team/private', 'private, no-store'],
  ])('of what is in %s is %s', async (name, expected) => {
    for (const [path, digest] of addresses(name)) {
      for (const method of ['get', 'head'] as const) {
        const answers = [
          await send(method, path),
          await send(method, path, { 'If-None-Match': `"${digest}"` }),
        ];
        expect(answers.map(({ status }) => status)).toEqual([200, 304]);
        for (const { headers } of answers) expect([path, headers['cache-control']]).toEqual([path, expected]);
      }
    }
  });

  it.each(['team/public', 'team/private'])('keeps lists and errors of %s from every cache', async (name) => {
    const paths = [
      'tags/list',
      `referrers/${image.digest}`,
      'manifests/none',
      `blobs/${randomBlob().digest}`,
    ];
    for (const path of paths) {
      const { headers } = await send('get', `/v2/${name}/${path}`);
      expect([path, headers['cache-control']]).toEqual([path, 'private, no-store']);
    }
  });

  it('follows the visibility at once, with the same credentials and without', async () => {
    const [[path]] = addresses('team/public') as [[string, string]];
    const anonymous = () => supertest(app.url).get(path);
    expect((await anonymous().expect(200)).headers['cache-control']).toBe('no-cache');
    await setVisibility('team/public', 'private');
    try {
      expect((await anonymous().expect(401)).headers['cache-control']).toBe('private, no-store');
      await anonymous().set('If-None-Match', `"${image.digest}"`).expect(401);
      expect((await send('get', path).expect(200)).headers['cache-control']).toBe('private, no-store');
    } finally {
      await setVisibility('team/public', 'public');
    }
    await anonymous().expect(200);
  });
});

describe('If-None-Match', () => {
  const rows = (digest: string): [string, number][] => [
    [`"${digest}"`, 304],
    [`W/"${digest}"`, 304],
    [`"other", "${digest}"`, 304],
    ['*', 304],
    [`"${randomBlob().digest}"`, 200],
    [digest, 200],
    ['', 200],
  ];
  it('is compared with the digest', async () => {
    for (const [path, digest] of addresses('team/public')) {
      for (const [header, status] of rows(digest)) {
        for (const method of ['get', 'head'] as const) {
          const answer = await send(method, path, { 'If-None-Match': header, Range: 'bytes=0-1' });
          const expected = status === 200 && method === 'get' && path.includes('/blobs/') ? 206 : status;
          expect([method, path, header, answer.status]).toEqual([method, path, header, expected]);
          expect(answer.headers.etag).toBe(`"${digest}"`);
          if (status === 304) expect(answer.headers).not.toHaveProperty('content-length');
        }
      }
    }
  });

  it('does not hide that there is nothing', async () => {
    await send('get', '/v2/team/public/manifests/none', { 'If-None-Match': '*' }).expect(404);
    await send('get', `/v2/team/public/blobs/${randomBlob().digest}`, { 'If-None-Match': '*' }).expect(404);
  });
});
