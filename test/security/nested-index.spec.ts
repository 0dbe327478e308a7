import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken } from '../support/authorization.js';
import {
  descriptorOf,
  indexOf,
  manifestOf,
  mediaTypes,
  randomBlob,
  randomImage,
  type TestManifest,
} from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

describe('exponential nested index', () => {
  let app: TestApp;
  let world: World;
  let client: RegistryClient;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    client = new RegistryClient({ url: app.url, credentials: await adminToken(app), scheme: 'basic' });
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  const put = (index: TestManifest) =>
    client.request('PUT', `/v2/team/nested/manifests/${index.digest}`, {
      headers: { 'content-type': index.mediaType },
      body: index.bytes,
    });

  /** Pushes levels of indexes above an image, each naming the one below twice, until one is refused. */
  async function pushLevels(
    levels: number,
    mediaType?: string,
  ): Promise<{ accepted: TestManifest[]; refused?: Response }> {
    let below: TestManifest = randomImage();
    await client.push('team/nested', below);
    const accepted: TestManifest[] = [];
    for (let level = 1; level <= levels; level++) {
      const link = { ...descriptorOf(below), ...(mediaType ? { mediaType } : {}) };
      const manifests = [link, { ...link, annotations: { second: String(level) } }];
      const index = manifestOf(
        { schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests },
        { children: [below] },
      );
      const answer = await put(index);
      if (answer.status !== 201) return { accepted, refused: answer };
      accepted.push(index);
      below = index;
    }
    return { accepted };
  }

  it.each([
    ['that say what they are', undefined],
    ['that call their children images', mediaTypes.ociManifest],
    ['that call their children anything', 'application/json'],
  ])(
    '30 levels, 2 links each, of indexes %s: eight are taken, the ninth is not',
    async (_what, mediaType) => {
      const { accepted, refused } = await pushLevels(30, mediaType);
      expect(accepted).toHaveLength(8);
      expect(refused?.status).toBe(400);
      const { errors } = (await refused!.json()) as { errors: { code: string; message: string }[] };
      expect(errors).toEqual([
        expect.objectContaining({ code: 'MANIFEST_INVALID', message: expect.stringContaining('8') }),
      ]);

      for (const index of accepted) {
        expect((await client.pullManifest('team/nested', index.digest)).equals(index.bytes)).toBe(true);
      }
    },
  );

  it('pushing, pulling and deleting ask as much of Postgres at every level', async () => {
    const { accepted } = await pushLevels(8);
    const roundTrips = async (work: () => Promise<unknown>) => (await app.countSql(work)).length;
    const [low, high] = [accepted[2]!, accepted[7]!];
    const measured = [];
    for (const index of [low, high]) {
      measured.push({
        pull: await roundTrips(() => client.pullManifest('team/nested', index.digest)),
        push: await roundTrips(() => put(index)),
      });
    }
    expect(measured[0]).toEqual(measured[1]);

    const deletions: number[] = [];
    for (const index of accepted.toReversed()) {
      deletions.push(
        await roundTrips(() => client.expect([202], 'DELETE', `/v2/team/nested/manifests/${index.digest}`)),
      );
    }
    expect(new Set(deletions).size).toBe(1);
  });

  it('the depth of one index of many wide ones is found by visiting each manifest once a level', async () => {
    const images = Array.from({ length: 20 }, () => randomImage());
    for (const image of images) await client.push('team/nested', image);
    let row = images;
    for (let level = 1; level <= 6; level++) {
      const below = row;
      row = Array.from({ length: 20 }, (_, n) => indexOf(below, { annotations: { place: `${level}.${n}` } }));
      for (const index of row) expect((await put(index)).status).toBe(201);
    }
    const top = indexOf(row); // 20^7 paths lead from here to the images
    expect((await put(top)).status).toBe(201);
    expect(await world.sql(`SELECT id FROM manifests WHERE digest = $1`, [top.digest])).toHaveLength(1);
  });

  it('the sizes that it adds up to may be beyond any number', async () => {
    const layer = { mediaType: mediaTypes.ociForeignLayer, digest: randomBlob().digest, size: 2 ** 53 - 1 };
    const config = randomBlob();
    await client.pushBlob('team/nested', config);
    const layers = Array.from({ length: 2000 }, () => layer);
    const body = {
      schemaVersion: 2,
      mediaType: mediaTypes.ociManifest,
      config: descriptorOf(config),
      layers,
    };
    let below = manifestOf(body);
    expect((await put(below)).status).toBe(201);
    for (let level = 1; level <= 3; level++) {
      below = indexOf(Array.from({ length: 100 }, () => below));
      expect((await put(below)).status).toBe(201);
    }
    expect(await client.tags('team/nested')).toEqual([]);
  });

  it('cannot hold itself', async () => {
    const absent = indexOf([randomImage()]);
    const self = manifestOf({
      schemaVersion: 2,
      mediaType: mediaTypes.ociIndex,
      manifests: [descriptorOf(absent)],
    });
    expect((await put(self)).status).toBe(404);
  });
});
