import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StorageJobs } from '../../apps/registry-api/src/storage-accounting/storage-jobs.js';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { collect, emptyTrash, letTimePass, storedBytes } from '../support/collection.js';
import { randomImage, randomLayer, type TestManifest } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

const layers = Array.from({ length: 6 }, (_, number) => randomLayer(500 + 1000 * number));
const images = Array.from({ length: 8 }, (_, number) =>
  randomImage({ layers: [layers[number % 6]!, layers[(number * 5 + 2) % 6]!] }),
);
const names = ['one/a', 'one/b', 'two/a', 'three/a'];

/** What repositories link, and which manifests they have. */
class Model {
  readonly links = new Map(names.map((name) => [name, new Map<string, number>()]));
  readonly manifests = new Map(names.map((name) => [name, new Set<TestManifest>()]));

  push(name: string, image: TestManifest): void {
    for (const { digest, bytes } of image.blobs) this.links.get(name)!.set(digest, bytes.length);
    this.manifests.get(name)!.add(image);
  }

  collect(): void {
    for (const name of names) {
      const needed = [...this.manifests.get(name)!].flatMap(({ blobs }) => blobs.map(({ digest }) => digest));
      for (const digest of this.links.get(name)!.keys()) {
        if (!needed.includes(digest)) this.links.get(name)!.delete(digest);
      }
    }
  }

  /** By owner, what it has alone and what others have too. */
  usage(ownerOf: (name: string) => string): Record<string, [exclusive: number, shared: number]> {
    const owned = new Map<string, Map<string, number>>();
    for (const [name, links] of this.links) {
      const owner = ownerOf(name);
      owned.set(owner, new Map([...(owned.get(owner) ?? []), ...links]));
    }
    const usage: Record<string, [number, number]> = {};
    for (const [owner, blobs] of owned) {
      if (blobs.size === 0) continue;
      const isShared = (digest: string) =>
        [...owned].some(([other, has]) => other !== owner && has.has(digest));
      const sum = (wanted: boolean) =>
        [...blobs]
          .filter(([digest]) => isShared(digest) === wanted)
          .reduce((total, [, size]) => total + size, 0);
      usage[owner] = [sum(false), sum(true)];
    }
    return usage;
  }
}

type Operation =
  | { kind: 'push' | 'delete'; name: string; image: TestManifest }
  | { kind: 'collect' }
  | { kind: 'fold' };

const operation: fc.Arbitrary<Operation> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('push' as const),
      name: fc.constantFrom(...names),
      image: fc.constantFrom(...images),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('delete' as const),
      name: fc.constantFrom(...names),
      image: fc.constantFrom(...images),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('collect' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fold' as const) }) },
);

describe.each(['filesystem', 's3'] as const)('what repositories and namespaces use (%s)', (storage) => {
  let app: TestApp;
  let admin: Api;
  let client: RegistryClient;
  let world: World;
  const quiet = { signal: new AbortController().signal, report: () => undefined };

  beforeAll(async () => {
    app = await startApp({ storage });
    admin = apiOf(app, app.admin);
    client = new RegistryClient({ url: app.url, credentials: app.admin, scheme: 'basic' });
    world = await World.open(app.databaseUrl);
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  async function reported() {
    const { body } = await admin.get('/admin/storage?limit=100').expect(200);
    const byName = (owners: { name: string; exclusiveBytes: number; sharedBytes: number }[]) =>
      Object.fromEntries(owners.map((owner) => [owner.name, [owner.exclusiveBytes, owner.sharedBytes]]));
    return { ...body, repositories: byName(body.repositories), namespaces: byName(body.namespaces) };
  }

  async function run(model: Model, step: Operation): Promise<void> {
    if (step.kind === 'push') {
      for (const blob of step.image.blobs) {
        const isThere =
          model.links.get(step.name)!.size > 0 && (await client.hasBlob(step.name, blob.digest));
        if (!isThere) await client.pushBlob(step.name, blob);
      }
      await client.putManifest(step.name, step.image);
      model.push(step.name, step.image);
    } else if (step.kind === 'delete') {
      const isThere = model.manifests.get(step.name)!.delete(step.image);
      const path = `/v2/${step.name}/manifests/${step.image.digest}`;
      await client.expect([isThere ? 202 : 404], 'DELETE', path);
    } else if (step.kind === 'collect') {
      await emptyTrash(world);
      await letTimePass(world, 3600);
      await collect(app, { graceSeconds: 1800 });
      model.collect();
    } else {
      await app.nest.get(StorageJobs, { strict: false }).fold(quiet);
    }
  }

  it('is what the model says, and sums up to what is in the store', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 200, maxLength: 200 }), async (operations) => {
        const model = new Model();
        for (const [index, step] of operations.entries()) {
          await run(model, step);
          if (index % 20 !== 19) continue;
          const { repositories, namespaces, ...totals } = await reported();
          expect(repositories).toEqual(model.usage((name) => name));
          expect(namespaces).toEqual(model.usage((name) => name.split('/')[0]!));
          const inStore = await storedBytes(app);
          expect(totals.exclusiveBytes + totals.sharedBytes).toBe(inStore);
          expect(totals.totalBytes).toBe(inStore);
          const unshared = Object.values(model.usage((name) => name)).reduce((sum, [a, b]) => sum + a + b, 0);
          expect(totals.savedBytes).toBe(unshared - (inStore - totals.unlinkedBytes));
        }
        const check = await app.nest.get(StorageJobs, { strict: false }).check(quiet);
        expect(check).toMatchObject({ drifted: 0 });
        for (const name of names) {
          for (const image of model.manifests.get(name)!) await run(model, { kind: 'delete', name, image });
        }
        await run(model, { kind: 'collect' });
        expect(await storedBytes(app)).toBe(0);
        expect(await reported()).toMatchObject({ totalBytes: 0, repositories: {}, namespaces: {} });
      }),
      { numRuns: 1 },
    );
  });

  it('is checked, and a difference is reported with its owner', async () => {
    await client.push('one/a', images[0]!);
    const jobs = app.nest.get(StorageJobs, { strict: false });
    await world.sql(`UPDATE storage_usage SET shared_bytes = shared_bytes + 1 WHERE kind = 'namespace'`);
    await world.sql(
      `INSERT INTO storage_deltas (kind, owner_id, exclusive_bytes, shared_bytes)
       SELECT 'repository', id, 7, -7 FROM repositories WHERE name = 'one/a'`,
    );
    const [repository] = await world.sql<{ id: string }>(`SELECT id FROM repositories WHERE name = 'one/a'`);
    const { owners } = await jobs.check(quiet);
    expect(owners).toContain(`repository:${repository!.id}`);
    expect(owners).not.toContain('instance:0');
  });
});
