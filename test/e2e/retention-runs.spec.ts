import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RetentionRuns } from '../../apps/registry-api/src/retention/retention-runs.js';
import { type Api, apiOf } from '../support/api.js';
import type { TestApp } from '../support/app.js';
import { descriptorOf, indexOf, randomArtifact, randomImage } from '../support/images.js';
import type { RegistryClient } from '../support/registry-client.js';
import type { World } from '../support/world.js';
import { at, type RetentionSite, startRetentionSite } from './retention-api.js';

describe('a run of retention', () => {
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

  it('removes what the preview showed or nothing, and is remembered', async () => {
    const name = 'team/shown';
    for (const tag of ['one', 'two', 'three']) await client.push(name, randomImage(), tag);
    const retention = { rules: [{ tags: ['*'], keepLast: 1 }] };
    await alice.put(`${at(name)}/lifecycle`, { retention }).expect(200);
    const preview = async () => (await alice.post(`${at(name)}/retention/preview`, {}).expect(200)).body;
    const first = await preview();
    await client.push(name, randomImage(), 'four');
    const refused = await alice.post(`${at(name)}/retention/run`, { plan: first.plan }).expect(409);
    expect(refused.body.detail).toContain('has changed since the preview');
    expect(await client.tags(name)).toEqual(['four', 'one', 'three', 'two']);
    const second = await preview();
    const { body: run } = await alice.post(`${at(name)}/retention/run`, { plan: second.plan }).expect(200);
    expect(run).toMatchObject({ runBy: 'alice', tagCount: 3, freedBytes: second.freedBytes });
    expect(await client.tags(name)).toEqual(['four']);
    await app.nest.get(RetentionRuns).runDue();
    const runs = `${at(name)}/retention/runs`;
    const { body } = await alice.get(runs).expect(200);
    expect(body.items).toMatchObject([{ runBy: 'system', tagCount: 0, manifestCount: 0 }, run]);
    expect(body.nextAt).toMatch(/T03:17:00/);
    const page = (await alice.get(`${runs}?limit=1`).expect(200)).body;
    const next = (await alice.get(`${runs}?limit=1&cursor=${page.nextCursor}`).expect(200)).body;
    expect([...page.items, ...next.items]).toEqual(body.items);
    await alice.get(`${runs}?cursor=x`).expect(400);
  });

  it('is undone as a whole, by one call, where nothing else has taken its place', async () => {
    const name = 'team/undone';
    const images = Object.fromEntries(['one', 'two', 'three', 'four'].map((tag) => [tag, randomImage()]));
    const index = indexOf([randomImage(), randomImage()]);
    const signature = randomArtifact({ subject: descriptorOf(index) });
    await client.push(name, index, 'multi');
    await client.push(name, signature);
    for (const [tag, image] of Object.entries(images)) await client.push(name, image, tag);
    await client.putManifest(name, images.four!, 'same');
    const before = { tags: await client.tags(name), manifests: await site.manifestsOf(name) };
    const retention = { rules: [{ tags: ['*'], keepLast: 1 }] };
    await alice.put(`${at(name)}/lifecycle`, { retention }).expect(200);
    const { body: run } = await alice.post(`${at(name)}/retention/run`).expect(200);
    expect(run).toMatchObject({ tagCount: 5, isRestorable: true });
    expect(await client.tags(name)).toEqual(['same']);
    const other = randomImage();
    await client.push(name, other, 'two');

    const restore = `${at(name)}/retention/runs/${run.id}/restore`;
    const bob = apiOf(app, await world.accessToken('bob'));
    await bob.post(restore).expect(403);
    const { body } = await alice.post(restore).expect(200);
    expect(body).toEqual({
      tagCount: 4,
      manifestCount: run.manifestCount,
      problems: ['"two" was pushed again and stays where it is.'],
    });
    expect(await client.tags(name)).toEqual(before.tags);
    expect(await site.manifestsOf(name)).toEqual([...before.manifests, other.digest].sort());
    expect(await client.pullManifest(name, 'two')).toEqual(other.bytes);
    expect(await client.pullManifest(name, 'multi')).toEqual(index.bytes);
    const [listed] = (await alice.get(`${at(name)}/retention/runs`).expect(200)).body.items;
    expect(listed).toMatchObject({ id: run.id, isRestorable: false });
    expect((await alice.post(restore).expect(200)).body).toEqual({
      tagCount: 0,
      manifestCount: 0,
      problems: [],
    });
    await alice.post(`${at('team/shown')}/retention/runs/${run.id}/restore`).expect(404);
  });

  it('that is broken off has what it removed until then in the list, to be restored', async () => {
    const name = 'team/broken';
    for (const tag of ['one', 'two', 'three', 'four']) await client.push(name, randomImage(), tag);
    const retention = { rules: [{ tags: ['*'], keepLast: 1 }] };
    await alice.put(`${at(name)}/lifecycle`, { retention }).expect(200);
    const [{ id }] = (await world.sql<{ id: string }>('SELECT id FROM repositories WHERE name = $1', [
      name,
    ])) as [{ id: string }];
    const cancelled = new AbortController();
    let looked = 0;
    const afterTwo = {
      throwIfAborted: () => {
        looked += 1;
        if (looked > 2) cancelled.abort(new Error('cancelled'));
        cancelled.signal.throwIfAborted();
      },
    };
    const run = app.nest.get(RetentionRuns).run({ id, name }, { signal: afterTwo as AbortSignal });
    await expect(run).rejects.toThrow('cancelled');
    const [listed] = (await alice.get(`${at(name)}/retention/runs`).expect(200)).body.items;
    expect(listed).toMatchObject({ tagCount: 2, manifestCount: 2, isRestorable: true });
    const restored = await alice.post(`${at(name)}/retention/runs/${listed.id}/restore`).expect(200);
    expect(restored.body).toMatchObject({ tagCount: 2, manifestCount: 2, problems: [] });
    expect(await client.tags(name)).toEqual(['four', 'one', 'three', 'two']);
  });
});
