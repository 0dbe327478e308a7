import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PullCounts } from '../../apps/registry-api/src/pulls/pull-counts.js';
import { RetentionRuns } from '../../apps/registry-api/src/retention/retention-runs.js';
import { type Api, apiOf } from '../support/api.js';
import type { TestApp } from '../support/app.js';
import {
  descriptorOf,
  indexOf,
  randomArtifact,
  randomImage,
  randomLayer,
  type TestManifest,
} from '../support/images.js';
import type { RegistryClient } from '../support/registry-client.js';
import type { World } from '../support/world.js';
import { at, type RetentionSite, startRetentionSite } from './retention-api.js';

describe('retention', () => {
  let site: RetentionSite;
  let app: TestApp;
  let world: World;
  let alice: Api;
  let client: RegistryClient;

  beforeAll(async () => {
    site = await startRetentionSite();
    ({ app, world, alice, client } = site);
  });
  afterAll(() => site.close());

  const age = (name: string, days: number) =>
    world.sql(
      `WITH repository AS (SELECT id FROM repositories WHERE name = $1 AND deleted_at IS NULL), tag AS (
         UPDATE tags SET updated_at = updated_at - make_interval(days => $2) WHERE repository_id = (SELECT id FROM repository)
       ), history AS (
         UPDATE tag_history SET moved_at = moved_at - make_interval(days => $2) WHERE repository_id = (SELECT id FROM repository))
       UPDATE manifests SET pushed_at = pushed_at - make_interval(days => $2) WHERE repository_id = (SELECT id FROM repository)`,
      [name, days],
    );
  const contentOf = async (name: string) => ({
    tags: await client.tags(name),
    manifests: await site.manifestsOf(name),
  });

  it('of untagged manifests leaves the platforms of a tagged index, and what is attached to a tagged image', async () => {
    const platforms = ['amd64', 'arm64', 's390x'].map((architecture) => randomImage({ architecture }));
    const index = indexOf(platforms);
    const sbom = randomArtifact({ subject: descriptorOf(index) });
    const [left, orphan] = [randomImage(), randomImage()];
    await client.push('team/multi', index, 'v1');
    for (const manifest of [sbom, left, orphan]) await client.push('team/multi', manifest);
    await age('team/multi', 10);
    const fresh = randomImage();
    await client.push('team/multi', fresh);
    const policy = { retention: { rules: [], untaggedAfter: '7d' } };
    await alice.put(`${at('team/multi')}/lifecycle`, policy).expect(200);
    const { body } = await alice.post(`${at('team/multi')}/retention/preview`, {}).expect(200);
    expect({ ...body, manifests: [...body.manifests].sort() }).toMatchObject({
      tagCount: 0,
      manifestCount: 2,
      manifests: [left.digest, orphan.digest].sort(),
      freedBytes: [left, orphan]
        .flatMap(({ blobs }) => blobs)
        .reduce((sum, { bytes }) => sum + bytes.length, 0),
    });
    const run = await alice.post(`${at('team/multi')}/retention/run`).expect(200);
    expect(run.body).toMatchObject({ tagCount: 0, manifestCount: 2 });
    for (const { digest, bytes } of [index, ...platforms, sbom, fresh])
      expect(await client.pullManifest('team/multi', digest)).toEqual(bytes);
    for (const { digest } of platforms.flatMap(({ blobs }) => blobs))
      expect((await client.request('HEAD', `/v2/team/multi/blobs/${digest}`)).status).toBe(200);
    for (const { digest } of [left, orphan])
      expect((await client.request('HEAD', `/v2/team/multi/manifests/${digest}`)).status).toBe(404);
    const entries = (await alice.get(`${at('team/multi')}/trash`).expect(200)).body.items;
    expect(entries.map(({ reason }: { reason: string }) => reason)).toEqual(['retention', 'retention']);
  });

  it('takes an image whole, counts what it frees, and one restoration brings it back', async () => {
    const shared = randomLayer(5000);
    const own = randomLayer(3000);
    const gone = indexOf([randomImage({ layers: [shared, own] })]);
    const kept = randomImage({ layers: [shared] });
    await client.push('team/images', gone, 'pr-1');
    await client.putManifest('team/images', gone, 'pr-2');
    await client.push('team/images', kept, 'main');
    await age('team/images', 20);
    const retention = { rules: [{ tags: ['pr-*'], keepNewerThan: '14d' }] };
    const { body } = await alice.post(`${at('team/images')}/retention/preview`, { retention }).expect(200);
    const config = gone.children[0]!.blobs[0]!;
    expect(body).toMatchObject({
      tags: ['pr-1', 'pr-2'].map((tag) => ({ tag, digest: gone.digest })),
      manifests: [gone.digest, gone.children[0]!.digest],
      freedBytes: own.bytes.length + config.bytes.length,
    });
    await alice.post(`${at('team/images')}/retention/run`).expect(409);
    await alice.put(`${at('team/images')}/lifecycle`, { retention }).expect(200);
    const run = await alice.post(`${at('team/images')}/retention/run`).expect(200);
    expect(run.body).toMatchObject({ tagCount: 2, manifestCount: 2 });
    expect(await client.tags('team/images')).toEqual(['main']);
    const [entry] = (await alice.get(`${at('team/images')}/trash`).expect(200)).body.items;
    await alice.post(`${at('team/images')}/trash/${entry.id}/restore`).expect(200);
    for (const { digest, bytes } of [gone, ...gone.children])
      expect(await client.pullManifest('team/images', digest)).toEqual(bytes);
    expect((await alice.post(`${at('team/images')}/retention/run`).expect(200)).body.tagCount).toBe(0);
  });

  it('is previewed by maintainers and run by who may delete', async () => {
    const bob = apiOf(app, await world.accessToken('bob'));
    await bob.post(`${at('team/images')}/retention/preview`, {}).expect(403);
    await bob.post(`${at('team/images')}/retention/run`).expect(403);
    await apiOf(app)
      .post(`${at('team/images')}/retention/run`)
      .expect(404);
  });

  it('says why the other tags stay, and what stays without one', async () => {
    const name = 'team/reasons';
    for (const tag of ['v1', 'v2', 'v3', 'pr-1', 'pr-2', 'edge', 'stable'])
      await client.push(name, randomImage(), tag);
    await client.push(name, randomImage());
    await age(name, 20);
    await client.push(name, randomImage(), 'pr-3');
    await client.pullManifest(name, 'pr-2');
    await app.nest.get(PullCounts).flush({ isLast: false });
    const retention = {
      rules: [
        { tags: ['v*'], keepLast: 1, order: 'semver' },
        { tags: ['pr-*'], keepNewerThan: '7d', keepPulledWithin: '7d' },
      ],
    };
    await alice.put(`${at(name)}/lifecycle`, { immutableTags: ['v1', 'stable'], retention }).expect(200);
    const { body } = await alice.post(`${at(name)}/retention/preview`, {}).expect(200);
    expect(body.tags.map(({ tag }: { tag: string }) => tag)).toEqual(['pr-1', 'v2']);
    const kept = (because: string, rule: number | null, ...tags: string[]) => ({
      because,
      rule,
      tagCount: tags.length,
      tags,
    });
    expect(body.kept).toEqual([
      kept('last', 0, 'v3'),
      kept('newer', 1, 'pr-3'),
      kept('pulled', 1, 'pr-2'),
      kept('immutable', null, 'stable', 'v1'),
      kept('unmatched', null, 'edge'),
    ]);
    expect(body.keptUntaggedCount).toBe(1);
  });

  it('of a namespace runs in each of its repositories, unless one has its own', async () => {
    await world.organization('ruled', { alice: 'owner' });
    for (const name of ['ruled/a', 'ruled/b']) {
      for (const tag of ['one', 'two']) await client.push(name, randomImage(), tag);
    }
    const keepLast = (count: number) => ({ retention: { rules: [{ tags: ['*'], keepLast: count }] } });
    await alice.put('/namespaces/ruled/lifecycle', keepLast(1)).expect(200);
    await alice.put(`${at('ruled/b')}/lifecycle`, keepLast(2)).expect(200);
    await app.nest.get(RetentionRuns).runDue();
    expect(await client.tags('ruled/a')).toEqual(['two']);
    expect(await client.tags('ruled/b')).toEqual(['one', 'two']);
  });

  const graph = fc.record({
    manifests: fc.array(
      fc.record({
        children: fc.array(fc.nat(5), { maxLength: 2 }),
        subject: fc.option(fc.nat(5)),
        tags: fc.subarray(['a1', 'a2', 'b1', 'b2', 'c']),
        isOld: fc.boolean(),
      }),
      { minLength: 2, maxLength: 6 },
    ),
    untagged: fc.boolean(),
  });

  const plain = { children: [], subject: null, tags: [], isOld: false };
  const attachedToItsOwnChild = {
    manifests: [
      plain,
      { ...plain, children: [0], tags: ['b1'] },
      { ...plain, children: [1], subject: 0, isOld: true },
    ],
    untagged: false,
  };

  it('removes exactly what its preview says, and leaves what it keeps whole', {
    timeout: 120_000,
  }, async () => {
    let number = 0;
    await fc.assert(
      fc.asyncProperty(graph, async ({ manifests, untagged }) => {
        number += 1;
        const name = `team/random-${number}`;
        const made: TestManifest[] = [];
        for (const { children, subject, tags, isOld } of manifests) {
          const below = children.filter((child) => child < made.length).map((child) => made[child]!);
          const on = subject !== null && subject < made.length ? made[subject] : undefined;
          const options = { subject: on && descriptorOf(on), annotations: { n: String(made.length) } };
          const manifest = below.length > 0 ? indexOf(below, options) : randomImage(options);
          made.push(manifest);
          await client.push(name, manifest);
          for (const tag of tags) await client.putManifest(name, manifest, tag);
          if (isOld) await age(name, 5);
        }
        const retention = {
          rules: [
            { tags: ['a*'], keepLast: 1, order: 'semver' },
            { tags: ['b*'], keepNewerThan: '4d' },
          ],
          ...(untagged ? { untaggedAfter: '4d' } : {}),
        };
        await alice.put(`${at(name)}/lifecycle`, { retention }).expect(200);
        const before = await contentOf(name);
        const preview = (await alice.post(`${at(name)}/retention/preview`, {}).expect(200)).body;
        const run = (await alice.post(`${at(name)}/retention/run`).expect(200)).body;
        const after = await contentOf(name);
        const gone = preview.tags.map(({ tag }: { tag: string }) => tag);
        expect(before.tags.filter((tag) => !after.tags.includes(tag)).sort()).toEqual([...gone].sort());
        expect(before.manifests.filter((digest) => !after.manifests.includes(digest))).toEqual(
          [...preview.manifests].sort(),
        );
        expect(run).toMatchObject({ tagCount: preview.tagCount, manifestCount: preview.manifestCount });
        for (const { digest, children } of made) {
          if (!after.manifests.includes(digest)) continue;
          for (const child of children) expect(after.manifests).toContain(child.digest);
        }
      }),
      { numRuns: 12, examples: [[attachedToItsOwnChild]] },
    );
  });
});
