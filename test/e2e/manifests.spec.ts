import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken, basic } from '../support/authorization.js';
import {
  content,
  descriptorOf,
  indexOf,
  manifestOf,
  mediaTypes,
  randomArtifact,
  randomBlob,
  randomImage,
  type TestManifest,
} from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

let app: TestApp;
let world: World;
let client: RegistryClient;
let authorization: string;

beforeAll(async () => {
  app = await startApp();
  world = await World.open(app.databaseUrl);
  const credentials = await adminToken(app);
  authorization = basic(credentials);
  client = new RegistryClient({ url: app.url, credentials, scheme: 'basic' });
});
afterAll(async () => {
  await world.close();
  await app.close();
});

const path = (reference: string, repository = 'team/app') => `/v2/${repository}/manifests/${reference}`;
const send = (method: 'get' | 'head' | 'delete', address: string) =>
  supertest(app.url)[method](address).set('Authorization', authorization).buffer(true);
const put = (manifest: TestManifest, reference: string) =>
  supertest(app.url)
    .put(path(reference))
    .set({ Authorization: authorization, 'Content-Type': manifest.mediaType })
    .send(manifest.bytes.toString());
const prepare = async ({ blobs, children }: TestManifest) => {
  for (const blob of blobs) await client.pushBlob('team/app', blob);
  for (const child of children) await client.push('team/app', child);
};

/** A manifest with these layers, and whatever else. */
function imageWith(
  layers: object[],
  more: Record<string, unknown> = {},
  blobs = [randomBlob()],
): TestManifest {
  const config = descriptorOf({ ...blobs[0]!, mediaType: mediaTypes.ociConfig });
  return manifestOf(
    { schemaVersion: 2, mediaType: mediaTypes.ociManifest, config, layers, ...more },
    { blobs },
  );
}

const foreign = { ...descriptorOf(randomBlob()), urls: ['https://layers.example/1'] };
const unusual = randomBlob();
const zero = content('');
const kinds: [string, () => TestManifest][] = [
  ['an OCI image', () => randomImage({ layers: 3 })],
  ['a Docker image', () => randomImage({ format: 'docker', layers: 2 })],
  ['an image by sha512', () => randomImage({ algorithm: 'sha512' })],
  ['an OCI index', () => indexOf([randomImage(), randomImage({ architecture: 'arm64', variant: 'v8' })])],
  ['a Docker list', () => indexOf([randomImage({ format: 'docker' })], { format: 'docker' })],
  ['an index by sha512', () => indexOf([randomImage({ algorithm: 'sha512' })], { algorithm: 'sha512' })],
  ['an index of nothing', () => indexOf([])],
  ['an index of indexes', () => indexOf([indexOf([randomImage()]), randomImage()])],
  ['an artifact', () => randomArtifact()],
  ['an index that is an artifact', () => indexOf([], { artifactType: 'application/vnd.example.thing' })],
  ['an image without layers', () => imageWith([])],
  ['an image with null for no layers', () => imageWith([], { layers: null, annotations: null })],
  ['a layer of no bytes', () => imageWith([descriptorOf(zero)], {}, [randomBlob(), zero])],
  [
    'layers of any media type',
    () => imageWith([descriptorOf({ ...unusual, mediaType: 'x/Y; z=1' })], {}, [randomBlob(), unusual]),
  ],
  [
    'the same layer twice',
    () => imageWith([descriptorOf(unusual), descriptorOf(unusual)], {}, [randomBlob(), unusual]),
  ],
  ['a nondistributable layer', () => imageWith([{ ...foreign, mediaType: mediaTypes.ociForeignLayer }])],
  [
    'a Docker foreign layer',
    () => imageWith([{ ...foreign, mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip' }]),
  ],
  ['fields nobody knows', () => imageWith([], { 'x-unknown': { deep: [1, null, 'ü'] } })],
];

describe('a manifest', () => {
  it.each(kinds)('is kept as it is: %s', async (_what, build) => {
    const manifest = build();
    await prepare(manifest);
    const algorithm = manifest.digest.split(':')[0];
    const byDigest = await put(manifest, manifest.digest).expect(201);
    const location = path(manifest.digest);
    expect(byDigest.headers).toMatchObject({
      location,
      'docker-content-digest': manifest.digest,
      'content-length': '0',
    });
    expect(byDigest.headers).not.toHaveProperty('oci-subject');
    expect(byDigest.headers).not.toHaveProperty('oci-tag');
    const byTag = await put(manifest, 'kept').expect(201);
    if (algorithm === 'sha256') expect(byTag.headers.location).toBe(location);

    for (const address of [location, path('kept'), String(byTag.headers.location)]) {
      const get = await send('get', address).expect(200);
      const head = await send('head', address).expect(200);
      for (const { headers } of [get, head]) {
        expect(headers).toMatchObject({
          'content-type': manifest.mediaType,
          'content-length': String(manifest.bytes.length),
          etag: `"${headers['docker-content-digest']}"`,
        });
      }
      expect(get.text ?? String(get.body)).toBe(manifest.bytes.toString());
    }
  });

  it.each([
    ['without a header', '', mediaTypes.ociManifest],
    ['with parameters', `${mediaTypes.ociManifest}; charset=utf-8`, mediaTypes.ociManifest],
    ['in capitals', mediaTypes.ociManifest.toUpperCase(), mediaTypes.ociManifest],
  ])('has its media type %s', async (_how, header, mediaType) => {
    const image = randomImage();
    await prepare(image);
    const headers: Record<string, string> = header ? { 'content-type': header } : {};
    await client.expect([201], 'PUT', path('typed'), { headers, body: image.bytes });
    expect((await send('head', path('typed')).expect(200)).headers['content-type']).toBe(mediaType);
  });

  it('is pushed again without harm', async () => {
    const image = randomImage();
    await client.push('team/app', image, 'again');
    for (let time = 0; time < 2; time++) await put(image, 'again').expect(201);
    const moves = await world.sql(`SELECT to_digest FROM tag_history WHERE tag = 'again'`);
    expect(moves).toEqual([{ to_digest: image.digest }]);
  });

  it('names its subject, there or not', async () => {
    const image = randomImage();
    for (const subject of [descriptorOf(image), descriptorOf(randomImage({ algorithm: 'sha512' }))]) {
      const artifact = randomArtifact({ subject });
      await prepare(artifact);
      expect((await put(artifact, artifact.digest).expect(201)).headers['oci-subject']).toBe(subject.digest);
    }
  });

  it('whose tag moves leaves a history of who moved it, and how', async () => {
    const [first, second] = [randomImage(), randomImage()];
    await client.push('team/app', first, 'moving');
    await client.push('team/app', second, 'moving');
    await send('delete', path('moving')).expect(202);
    const rows = await world.sql(
      `SELECT from_digest, to_digest, moved_by, credential FROM tag_history WHERE tag = 'moving' ORDER BY id`,
    );
    const by = { moved_by: 'admin', credential: 'access token test' };
    expect(rows).toEqual([
      { from_digest: null, to_digest: first.digest, ...by },
      { from_digest: first.digest, to_digest: second.digest, ...by },
      { from_digest: second.digest, to_digest: null, ...by },
    ]);
  });
});

describe('tags with a push', () => {
  it.each([
    ['by digest', false, '?tag=1&tag=1.2&tag=1.2.3', ['1', '1.2', '1.2.3']],
    ['by digest, one twice', false, '?tag=a&tag=a', ['a']],
    ['by another tag', true, '?tag=b&tag=c', ['own', 'b', 'c']],
    ['up to a hundred', false, `?${Array.from({ length: 100 }, (_, n) => `tag=t${n}`).join('&')}`, undefined],
  ])('are set %s', async (_how, isByTag, query, expected) => {
    const image = randomImage();
    await prepare(image);
    const response = await put(image, `${isByTag ? 'own' : image.digest}${query}`).expect(201);
    const tags = expected ?? Array.from({ length: 100 }, (_, n) => `t${n}`);
    expect(response.headers['oci-tag']).toBe(tags.join(', '));
    for (const tag of tags) {
      expect((await send('head', path(tag)).expect(200)).headers['docker-content-digest']).toBe(image.digest);
    }
  });

  it('are all refused when one is wrong, or there are too many', async () => {
    const image = randomImage();
    await prepare(image);
    const many = Array.from({ length: 101 }, (_, n) => `tag=no${n}`).join('&');
    for (const query of ['?tag=no1&tag=-no', '?tag=', `?${many}`]) {
      const response = await put(image, `${image.digest}${query}`).expect(400);
      expect(response.body.errors[0].code).toBe('TAG_INVALID');
    }
    await send('get', path('no1')).expect(404);
    await send('get', path(image.digest)).expect(404);
  });
});
