import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken, basic } from '../support/authorization.js';
import { isFullSize } from '../support/full-size.js';
import { descriptorOf, indexOf, randomArtifact, randomImage, type TestManifest } from '../support/images.js';
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

const path = (reference: string) => `/v2/team/app/manifests/${reference}`;
const send = (method: 'get' | 'head' | 'delete', address: string) =>
  supertest(app.url)[method](address).set('Authorization', authorization);
const isThere = async (reference: string) => (await send('head', path(reference))).status === 200;

describe('deleting', () => {
  it('a tag leaves the manifest and its other tags', async () => {
    const image = randomImage();
    await client.push('team/app', image, 'one');
    await client.putManifest('team/app', image, 'two');
    const response = await send('delete', path('one')).expect(202);
    expect(response.headers['content-length']).toBe('0');
    expect(await Promise.all(['one', 'two', image.digest].map(isThere))).toEqual([false, true, true]);
    expect((await send('delete', path('one')).expect(404)).body.errors[0].code).toBe('MANIFEST_UNKNOWN');
  });

  it('a manifest takes its tags along, and their history says so', async () => {
    const image = randomImage();
    await client.push('team/app', image, 'three');
    await client.putManifest('team/app', image, 'four');
    await send('delete', path(image.digest)).expect(202);
    expect(await Promise.all(['three', 'four', image.digest].map(isThere))).toEqual([false, false, false]);
    expect((await send('delete', path(image.digest)).expect(404)).body.errors[0].code).toBe(
      'MANIFEST_UNKNOWN',
    );
    const rows = await world.sql(
      `SELECT tag, from_digest, to_digest FROM tag_history WHERE tag IN ('three', 'four') AND to_digest IS NULL ORDER BY tag`,
    );
    expect(rows).toEqual(
      ['four', 'three'].map((tag) => ({ tag, from_digest: image.digest, to_digest: null })),
    );
    await client.putManifest('team/app', image, 'three');
    expect(await isThere('three')).toBe(true);
  });

  it('the child of an index is refused, and the answer names the parents', async () => {
    const [child, other] = [randomImage(), randomImage()];
    const inner = indexOf([child, other]);
    const outer = indexOf([inner, other]);
    await client.push('team/app', outer, 'many');
    const parentsOf = async ({ digest }: TestManifest) => {
      const { body } = await send('delete', path(digest)).expect(405);
      expect(body.errors[0]).toMatchObject({
        code: 'UNSUPPORTED',
        message: expect.stringContaining('delete that first'),
      });
      return [...body.errors[0].detail.parents].sort();
    };
    expect(await parentsOf(child)).toEqual([inner.digest]);
    expect(await parentsOf(inner)).toEqual([outer.digest]);
    expect(await parentsOf(other)).toEqual([inner.digest, outer.digest].sort());
    expect(await isThere('many')).toBe(true);
    for (const { digest } of [outer, inner, other, child]) await send('delete', path(digest)).expect(202);
  });

  it('a tagged child is refused too, but not its tag', async () => {
    const child = randomImage();
    await client.push('team/app', indexOf([child]), 'index');
    await client.putManifest('team/app', child, 'child');
    await send('delete', path(child.digest)).expect(405);
    expect(await isThere('child')).toBe(true);
    await send('delete', path('child')).expect(202);
    expect(await isThere(child.digest)).toBe(true);
  });

  it('a subject leaves its referrers, which still name it', async () => {
    const image = randomImage();
    const artifact = randomArtifact({ subject: descriptorOf(image) });
    await client.push('team/app', image);
    await client.push('team/app', artifact);
    await send('delete', path(image.digest)).expect(202);
    const { body } = await send('get', `/v2/team/app/referrers/${image.digest}`).expect(200);
    expect(body.manifests).toHaveLength(1);
    await send('delete', path(artifact.digest)).expect(202);
  });

  it('is of one repository alone', async () => {
    const image = randomImage();
    for (const repository of ['team/app', 'team/other']) await client.push(repository, image, 'both');
    await send('delete', path(image.digest)).expect(202);
    expect(await client.pullManifest('team/other', 'both')).toEqual(image.bytes);
  });
});

describe('deleting while others push', () => {
  const rounds = Array.from({ length: isFullSize ? 100 : 8 }, (_, round) => round);
  const statusOf = async (method: string, address: string, manifest?: TestManifest) => {
    const request = manifest && { headers: { 'content-type': manifest.mediaType }, body: manifest.bytes };
    return (await client.request(method, address, request)).status;
  };

  it('never leaves a manifest without its blob', async () => {
    for (const round of rounds) {
      const image = randomImage();
      for (const blob of image.blobs) await client.pushBlob('team/app', blob);
      const { digest } = image.blobs[1]!;
      const [pushed, deleted] = await Promise.all([
        statusOf('PUT', path(image.digest), image),
        statusOf('DELETE', `/v2/team/app/blobs/${digest}`),
      ]);
      expect(
        [
          [201, 405],
          [404, 202],
        ],
        `round ${round}`,
      ).toContainEqual([pushed, deleted]);
      expect(await client.hasBlob('team/app', digest)).toBe(pushed === 201);
    }
  });

  it('never leaves an index without its child', async () => {
    for (const round of rounds) {
      const child = randomImage();
      const index = indexOf([child]);
      await client.push('team/app', child);
      const [pushed, deleted] = await Promise.all([
        statusOf('PUT', path(index.digest), index),
        statusOf('DELETE', path(child.digest)),
      ]);
      expect(
        [
          [201, 405],
          [404, 202],
        ],
        `round ${round}`,
      ).toContainEqual([pushed, deleted]);
      expect(await isThere(child.digest)).toBe(pushed === 201);
    }
  });

  it('never leaves a tag without its manifest', async () => {
    for (const round of rounds) {
      const image = randomImage();
      await client.push('team/app', image);
      const [pushed, deleted] = await Promise.all([
        statusOf('PUT', path(`race${round}`), image),
        statusOf('DELETE', path(image.digest)),
      ]);
      expect([pushed, deleted], `round ${round}`).toEqual([201, 202]);
      expect(await isThere(`race${round}`)).toBe(await isThere(image.digest));
    }
  });

  it('writes the history of a tag that is moved and deleted at once without a gap', async () => {
    for (const round of rounds) {
      const [first, second] = [randomImage(), randomImage()];
      await client.push('team/app', first, `gap${round}`);
      await client.push('team/app', second);
      const answers = await Promise.all([
        statusOf('PUT', path(`gap${round}`), second),
        statusOf('DELETE', path(`gap${round}`)),
      ]);
      expect(answers).toEqual([201, 202]);
      const moves = await world.sql<{ from_digest: string | null; to_digest: string | null }>(
        'SELECT from_digest, to_digest FROM tag_history WHERE tag = $1 ORDER BY id',
        [`gap${round}`],
      );
      expect(moves.map((move) => move.from_digest)).toEqual([
        null,
        ...moves.slice(0, -1).map((move) => move.to_digest),
      ]);
      const { status, headers } = await send('head', path(`gap${round}`));
      expect(status === 200 ? headers['docker-content-digest'] : null).toBe(moves.at(-1)?.to_digest);
    }
  });

  it('never makes one wait for the other for ever', async () => {
    for (const round of rounds) {
      const images = Array.from({ length: 12 }, (_, n) =>
        randomImage({ architecture: `cpu${n}`, labels: { n: `${n}` } }),
      );
      for (const [n, image] of images.entries()) await client.push('team/app', image, `busy${n % 3}`);
      await client.putManifest('team/app', images[0]!, 'latest');
      const answers = await Promise.all(
        images.flatMap((image, n) => [
          statusOf('PUT', path(['latest', `busy${(n + 1) % 3}`, `busy${n % 3}`][n % 3]!), image),
          n % 2 ? statusOf('DELETE', path(image.digest)) : statusOf('DELETE', path(`busy${n % 3}`)),
        ]),
      );
      expect(new Set(answers), `round ${round}`).toEqual(
        new Set(answers.filter((status) => [201, 202, 404].includes(status))),
      );
    }
  });
});
