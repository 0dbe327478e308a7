import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken, basic } from '../support/authorization.js';
import {
  descriptorOf,
  indexOf,
  mediaTypes,
  randomArtifact,
  randomImage,
  type TestManifest,
} from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';

interface Referrer {
  digest: string;
  artifactType?: string;
  annotations?: Record<string, string>;
}

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

const get = (path: string) => supertest(app.url).get(path).set('Authorization', authorization);
const listOf = ({ digest }: Pick<TestManifest, 'digest'>, query = '') =>
  `/v2/team/app/referrers/${digest}${query}`;
const digests = (manifests: { digest: string }[]) => manifests.map(({ digest }) => digest).sort();

/** Follows Link headers to the end; the referrers of each page. */
async function pagesFrom(path: string): Promise<Referrer[][]> {
  const pages: Referrer[][] = [];
  for (let next: string | undefined = path; next !== undefined; ) {
    const response: supertest.Response = await get(next).expect(200);
    pages.push(response.body.manifests);
    next = /^<(\/v2\/[^>]+)>; rel="next"$/.exec(response.headers.link ?? '')?.[1];
  }
  return pages;
}

describe('the referrers of a digest', () => {
  it('that nobody refers to, there or not, are an empty index', async () => {
    const image = randomImage();
    await client.push('team/app', image);
    for (const subject of [image, randomImage(), randomImage({ algorithm: 'sha512' })]) {
      const response = await get(listOf(subject)).expect(200);
      expect(response.headers['content-type']).toBe(mediaTypes.ociIndex);
      expect(response.body).toEqual({ schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests: [] });
      expect(response.headers).not.toHaveProperty('oci-filters-applied');
      expect(response.headers).not.toHaveProperty('link');
    }
  });

  it.each([
    ['an image', randomImage()],
    ['an index', indexOf([])],
    ['one by sha512', randomImage({ algorithm: 'sha512' })],
    ['one that is not there', undefined],
  ])('are all manifests that name it: %s', async (_what, pushed) => {
    const subject = pushed ?? randomImage();
    if (pushed) await client.push('team/app', pushed);
    const of = descriptorOf(subject);
    const annotations = { 'org.example.one': 'ü', two: '' };
    const artifact = randomArtifact({ subject: of, artifactType: 'application/vnd.example.a', annotations });
    const image = randomImage({ subject: of });
    const index = indexOf([], { subject: of, artifactType: 'application/vnd.example.b' });
    const plain = indexOf([], { subject: of });
    for (const manifest of [artifact, image, index, plain]) await client.push('team/app', manifest);

    const { body } = await get(listOf(subject)).expect(200);
    const found = new Map(body.manifests.map((referrer: Referrer) => [referrer.digest, referrer]));
    expect([...found.keys()].sort()).toEqual(digests([artifact, image, index, plain]));
    const described = ({ digest, mediaType, bytes }: TestManifest) => ({
      digest,
      mediaType,
      size: bytes.length,
    });
    expect(found.get(artifact.digest)).toEqual({
      ...described(artifact),
      artifactType: 'application/vnd.example.a',
      annotations,
    });
    expect(found.get(image.digest)).toEqual({ ...described(image), artifactType: mediaTypes.ociConfig });
    expect(found.get(index.digest)).toEqual({
      ...described(index),
      artifactType: 'application/vnd.example.b',
    });
    expect(found.get(plain.digest)).toEqual(described(plain));
  });

  it('are those of the repository alone, and of its present manifests', async () => {
    const image = randomImage();
    const artifacts = [
      randomArtifact({ subject: descriptorOf(image) }),
      randomArtifact({ subject: descriptorOf(image) }),
    ];
    await client.push('team/app', artifacts[0]!);
    await client.push('team/other', artifacts[1]!);
    expect(digests((await get(listOf(image))).body.manifests)).toEqual([artifacts[0]!.digest]);
    await client.expect([202], 'DELETE', `/v2/team/app/manifests/${artifacts[0]!.digest}`);
    expect((await get(listOf(image))).body.manifests).toEqual([]);
  });

  it('are none where there is no repository yet, for who may make it', async () => {
    const path = `/v2/team/unmade/referrers/${randomImage().digest}`;
    expect((await get(path).expect(200)).body.manifests).toEqual([]);
  });
});

describe('a filter by artifact type', () => {
  const subject = randomImage();
  const types = ['application/vnd.example.a', 'application/vnd.example.a+json; v="1&2"', 'text/ü'];
  const artifacts = types.flatMap((artifactType) =>
    Array.from({ length: 3 }, () => randomArtifact({ subject: descriptorOf(subject), artifactType })),
  );

  beforeAll(async () => {
    for (const artifact of artifacts) await client.push('team/app', artifact);
  });

  it.each(types)('%s finds exactly those, on every page', async (artifactType) => {
    const query = `?artifactType=${encodeURIComponent(artifactType)}`;
    const wanted = digests(artifacts.filter((artifact) => artifact.artifactType === artifactType));
    const response = await get(listOf(subject, query)).expect(200);
    expect(response.headers['oci-filters-applied']).toBe('artifactType');
    expect(digests(response.body.manifests)).toEqual(wanted);
    const pages = await pagesFrom(listOf(subject, `${query}&n=2`));
    expect(pages.map(({ length }) => length)).toEqual([2, 1]);
    expect(digests(pages.flat())).toEqual(wanted);
  });

  it.each(['application/vnd.example', '%', '_', '%25', 'a%00b', '%00', '%ff'])(
    '%s finds nothing',
    async (text) => {
      const query = `?artifactType=${text === '%' ? '%25' : text}`;
      const response = await get(listOf(subject, query)).expect(200);
      expect(response.body.manifests).toEqual([]);
      expect(response.headers['oci-filters-applied']).toBe('artifactType');
    },
  );

  it('that is given twice or empty is none', async () => {
    for (const query of ['?artifactType=a&artifactType=b', '?artifactType=']) {
      const response = await get(listOf(subject, query)).expect(200);
      expect(digests(response.body.manifests)).toEqual(digests(artifacts));
      expect(response.headers).not.toHaveProperty('oci-filters-applied');
    }
  });
});

describe('pages of referrers', () => {
  it.each([1, 2, 5, 6])('of %d are complete and in the order of digests', async (n) => {
    const subject = descriptorOf(randomImage());
    const artifacts = Array.from({ length: 5 }, () => randomArtifact({ subject }));
    for (const artifact of artifacts) await client.push('team/app', artifact);
    const pages = await pagesFrom(listOf(subject, `?n=${n}`));
    expect(pages.flat().map(({ digest }) => digest)).toEqual(digests(artifacts));
    expect(pages).toHaveLength(Math.ceil(5 / n));
    expect((await get(listOf(subject, '?n=0'))).body.manifests).toEqual([]);
  });

  it('are no larger than a manifest may be, whatever annotations hold', async () => {
    const subject = descriptorOf(randomImage());
    const mebibyte = 1024 * 1024;
    const artifacts = Array.from({ length: 7 }, () =>
      randomArtifact({ subject, annotations: { large: 'x'.repeat(1.5 * mebibyte) } }),
    );
    for (const artifact of artifacts) await client.push('team/app', artifact);
    const pages = await pagesFrom(listOf(subject));
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 2, 1]);
    expect(pages.flat().map(({ digest }) => digest)).toEqual(digests(artifacts));
  });
});
