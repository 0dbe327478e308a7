import { randomInt } from 'node:crypto';
import type { BlobStore } from '@berth/storage';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBlobStore } from '../../apps/registry-api/src/blobs/blob-store.provider.js';
import { parseEnv } from '../../apps/registry-api/src/env.js';
import { type Berth, startBerth } from '../support/berth-process.js';
import { emptyTrash, letTimePass } from '../support/collection.js';
import { isFullSize } from '../support/full-size.js';
import { randomImage, randomLayer, type TestManifest } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import type { StorageKind } from '../support/storage-settings.js';
import { World } from '../support/world.js';

const imageCount = isFullSize ? 500 : 100;
const clientCount = 8;

/** Collections with grace 0, one after the other, while clients push, pull and delete images that share layers. */
export function describeCollection(storage: StorageKind): void {
  describe(`a collection loop under load (${storage})`, () => {
    let berth: Berth;
    let world: World;
    let store: BlobStore;

    beforeAll(async () => {
      berth = await startBerth({ workers: 2, storage });
      world = await World.open(berth.env.BERTH_DATABASE_URL!);
      const parsed = parseEnv({ ...berth.env });
      if (!parsed.ok) throw new Error(parsed.message);
      store = createBlobStore(parsed.env);
    });
    afterAll(async () => {
      await world?.close();
      await store?.close();
      await berth?.stop();
    });

    it('breaks no push and no pull, and leaves exactly what is referenced', async () => {
      const layers = Array.from({ length: 12 }, () => randomLayer(randomInt(100, 200_000)));
      const kept: { repository: string; image: TestManifest }[] = [];
      let next = 0;
      let isOver = false;

      const work = async (number: number) => {
        const client = new RegistryClient({ url: berth.url, credentials: berth.admin });
        while (next < imageCount) {
          const turn = next++;
          const repository = `team/app-${turn % 3}`;
          const image = randomImage({
            layers: [layers[turn % 12]!, layers[(turn * 7 + number) % 12]!, randomLayer(500)],
          });
          await pushAsDockerDoes(client, repository, image);
          await expectPull(client, repository, image);
          if (turn % 3 === 0) kept.push({ repository, image });
          else await client.expect([202], 'DELETE', `/v2/${repository}/manifests/${image.digest}`);
        }
      };
      const collect = async () => {
        let removed = 0;
        while (!isOver) {
          await emptyTrash(world);
          removed += await collectNow(berth);
        }
        return removed;
      };
      const collecting = collect();
      await Promise.all(Array.from({ length: clientCount }, (_, number) => work(number))).finally(() => {
        isOver = true;
      });
      expect(await collecting).toBeGreaterThan(0);

      await emptyTrash(world);
      await letTimePass(world, 3600);
      await collectNow(berth);
      const client = new RegistryClient({ url: berth.url, credentials: berth.admin });
      for (const { repository, image } of kept) await expectPull(client, repository, image);
      const referenced = new Map(
        kept.flatMap(({ image }) => image.blobs.map(({ digest, bytes }) => [digest, bytes.length] as const)),
      );
      const sizes: number[] = [];
      for await (const { sizeBytes } of store.list()) sizes.push(sizeBytes);
      const sorted = (numbers: Iterable<number>) => [...numbers].sort((a, b) => a - b);
      expect(sorted(sizes)).toEqual(sorted(referenced.values()));
    });
  });
}

/** Asks for every blob first, and uploads only what is missing. */
async function pushAsDockerDoes(
  client: RegistryClient,
  repository: string,
  image: TestManifest,
): Promise<void> {
  for (const blob of image.blobs) {
    if (!(await client.hasBlob(repository, blob.digest))) await client.pushBlob(repository, blob);
  }
  await client.putManifest(repository, image);
}

async function expectPull(client: RegistryClient, repository: string, image: TestManifest): Promise<void> {
  expect((await client.pullManifest(repository, image.digest)).equals(image.bytes)).toBe(true);
  for (const blob of image.blobs) {
    expect((await client.pullBlob(repository, blob.digest)).equals(blob.bytes)).toBe(true);
  }
}

/** Answers how many blobs went. */
async function collectNow(berth: Berth): Promise<number> {
  const { username, password } = berth.admin;
  const response = await fetch(`${berth.url}/api/v1/admin/gc`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ graceSeconds: 0, waitSeconds: 60 }),
  });
  const run = (await response.json()) as { state: string; result: { blobs: number } };
  expect({ status: response.status, state: run.state }).toEqual({ status: 200, state: 'done' });
  return run.result.blobs;
}
