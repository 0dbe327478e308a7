import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { collect, emptyTrash, letTimePass, storedBytes } from '../support/collection.js';
import { isFullSize } from '../support/full-size.js';
import { randomImage, randomLayer, type TestManifest } from '../support/images.js';
import { inheritedEnvironment } from '../support/inherited-environment.js';
import { RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

const kills = isFullSize ? 50 : 5;
const repository = 'team/app';

describe('a collector that is killed', () => {
  let app: TestApp;
  let client: RegistryClient;
  let world: World;
  let collector: ChildProcess | undefined;

  beforeAll(async () => {
    app = await startApp();
    client = new RegistryClient({ url: app.url, credentials: app.admin, scheme: 'basic' });
    world = await World.open(app.databaseUrl);
  });
  afterAll(async () => {
    collector?.kill('SIGKILL');
    await world?.close();
    await app?.close();
  });

  /** Starts one and waits until it is at it. */
  async function startCollector(): Promise<ChildProcess> {
    const started = spawn(process.execPath, [join(import.meta.dirname, 'collect-until-killed.mjs')], {
      env: { ...inheritedEnvironment(), ...app.env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(started.stdout!, 'data');
    return started;
  }

  it(`at ${kills} random moments loses nothing that is referenced, and the next run completes`, async () => {
    const shared = randomLayer(5000);
    const kept: TestManifest[] = [];
    for (let round = 0; round < kills; round += 1) {
      for (let number = 0; number < 4; number += 1) {
        const image = randomImage({ layers: [shared, randomLayer(500)] });
        await client.push(repository, image);
        if (number === 0) kept.push(image);
        else await client.expect([202], 'DELETE', `/v2/${repository}/manifests/${image.digest}`);
      }
      collector = await startCollector();
      // From here on there is something to take.
      await emptyTrash(world);
      await letTimePass(world, 3600);
      await delay(randomInt(0, 120));
      collector.kill('SIGKILL');
      await once(collector, 'exit');
      for (const image of kept) {
        for (const { digest, bytes } of image.blobs) {
          expect((await client.pullBlob(repository, digest)).equals(bytes)).toBe(true);
        }
      }
    }
    await letTimePass(world, 3600);
    await collect(app);
    const referenced = new Map(
      kept.flatMap(({ blobs }) => blobs.map(({ digest, bytes }) => [digest, bytes.length] as const)),
    );
    expect(await storedBytes(app)).toBe([...referenced.values()].reduce((sum, size) => sum + size, 0));
    const [left] = await world.sql<{ count: number }>('SELECT count(*)::int AS count FROM removed_blobs');
    expect(left!.count).toBe(0);
  });
});
