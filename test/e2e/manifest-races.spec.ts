import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken, basic } from '../support/authorization.js';
import { isFullSize } from '../support/full-size.js';
import { indexOf, randomImage, type TestManifest } from '../support/images.js';
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
const head = (reference: string) =>
  supertest(app.url).head(path(reference)).set('Authorization', authorization);
const isThere = async (reference: string) => (await head(reference)).status === 200;

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
      const { status, headers } = await head(`gap${round}`);
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

describe('a repository that many pushes make at once', () => {
  it('is made once, and none of them fails', async () => {
    const names = ['fresh/one', 'fresh/two', 'other/one'];
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => client.request('POST', `/v2/${names[n % 3]}/blobs/uploads/`)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(30).fill(202));
    const made = await world.sql(`SELECT name FROM repositories WHERE name = ANY ($1) ORDER BY name`, [
      names,
    ]);
    expect(made).toEqual(names.map((name) => ({ name })));
  });
});
