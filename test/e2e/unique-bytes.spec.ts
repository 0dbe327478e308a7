import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import {
  descriptorOf,
  indexOf,
  randomArtifact,
  randomBlob,
  randomImage,
  type TestManifest,
} from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

describe('what an image has alone', () => {
  let app: TestApp;
  let world: World;
  let alice: Api;
  let client: RegistryClient;
  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    await world.user('alice');
    await world.organization('team', { alice: 'owner' });
    await world.organization('other', { alice: 'owner' });
    const credentials = await world.accessToken('alice');
    alice = apiOf(app, credentials);
    client = new RegistryClient({ url: app.url, credentials });
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  const listOf = async (name: string, query = '&uniqueBytes=true') => {
    const path = `/repositories/${encodeURIComponent(name)}/tags?limit=100&sort=name${query}`;
    const { items } = (await alice.get(path).expect(200)).body;
    return Object.fromEntries(
      items.map((tag: { name: string; uniqueBytes: number | null }) => [tag.name, tag.uniqueBytes]),
    );
  };
  const bytesOf = (...manifests: TestManifest[]) =>
    manifests.flatMap(({ blobs }) => blobs).reduce((sum, { bytes }) => sum + bytes.length, 0);

  it('is counted in its repository: layers that another image has are neither’s', async () => {
    const [base, own, further] = [randomBlob(7000), randomBlob(500), randomBlob(300)];
    const one = randomImage({ layers: [base, own] });
    const two = randomImage({ layers: [base, further, further] });
    await client.push('team/app', one, '1');
    await client.putManifest('team/app', one, 'latest');
    expect(await listOf('team/app')).toEqual({ '1': bytesOf(one), latest: bytesOf(one) });
    await client.push('team/app', two, '2');
    const [left, right] = [bytesOf(one) - 7000, bytesOf(two) - 7000 - 300];
    expect(await listOf('team/app')).toEqual({ '1': left, latest: left, '2': right });
    expect(await listOf('team/app', '')).toEqual({ '1': null, latest: null, '2': null });
    expect(await listOf('team/app', '&uniqueBytes=true&q=2')).toEqual({ '2': right });

    // Others, whatever they have and whoever may see it, change nothing of it.
    await client.push('other/app', one, 'same');
    await client.push('team/sibling', two, 'same');
    expect(await listOf('team/app')).toEqual({ '1': left, latest: left, '2': right });
  });

  it('is that of all platforms of an index; what it lists, and another index lists too, is not', async () => {
    const [amd64, arm64, s390x] = [randomImage(), randomImage(), randomImage()];
    const inner = indexOf([s390x]);
    const index = indexOf([amd64, arm64, inner]);
    await client.push('team/multi', index, 'all');
    await client.push('team/multi', randomArtifact({ subject: descriptorOf(index) }));
    expect(await listOf('team/multi')).toEqual({ all: bytesOf(amd64, arm64, s390x) });
    await client.putManifest('team/multi', amd64, 'amd64');
    expect(await listOf('team/multi')).toEqual({ all: bytesOf(amd64, arm64, s390x), amd64: 0 });
    await client.push('team/multi', indexOf([arm64, inner]), 'fewer');
    expect(await listOf('team/multi')).toEqual({ all: bytesOf(amd64), amd64: 0, fewer: 0 });
  });

  it('and what its repositories share, is all that a namespace is told of sharing', async () => {
    const usageOf = async (namespace: string) =>
      (await alice.get(`/namespaces/${namespace}/usage`).expect(200)).body;
    await world.organization('sharing', { alice: 'owner' });
    const image = randomImage();
    const size = bytesOf(image);
    await client.push('sharing/one', image, '1');
    const alone = { usedBytes: size, sharedBytes: 0, savedBytes: 0 };
    expect(await usageOf('sharing')).toMatchObject(alone);
    await client.push('other/same', image, '1');
    expect(await usageOf('sharing')).toMatchObject(alone);
    await client.push('sharing/two', image, '1');
    await client.push('sharing/three', image, '1');
    expect(await usageOf('sharing')).toMatchObject({
      usedBytes: size,
      sharedBytes: size,
      savedBytes: 2 * size,
    });
    await alice.delete('/repositories/other%2Fsame').expect(204);
    expect(await usageOf('sharing')).toMatchObject({
      usedBytes: size,
      sharedBytes: size,
      savedBytes: 2 * size,
    });
  });
});
