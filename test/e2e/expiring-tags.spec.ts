import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExpiredTags } from '../../apps/registry-api/src/lifecycle/expired-tags.js';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { indexOf, randomImage, type TestManifest } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

describe('expiring tags', () => {
  let app: TestApp;
  let world: World;
  let alice: Api;
  let client: RegistryClient;
  const repository = '/repositories/team%2Fapp';

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    await world.user('alice');
    await world.organization('team', { alice: 'owner' });
    const owner = await world.accessToken('alice');
    alice = apiOf(app, owner);
    client = new RegistryClient({ url: app.url, credentials: owner });
    await world.repository('team/app');
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  const hour = 3600_000;
  const endOf = async (tag: string): Promise<number | undefined> => {
    const { body } = await alice.get(`${repository}/tags?q=${tag}`).expect(200);
    return body.items[0].expiresAt === null ? undefined : Date.parse(body.items[0].expiresAt);
  };
  const statusOf = async (reference: string) =>
    (await client.request('HEAD', `/v2/team/app/manifests/${reference}`)).status;
  /** As if it had been pushed two hours earlier. */
  const age = (tag: string) =>
    world.sql(
      `UPDATE tags SET updated_at = updated_at - interval '2 hours', expires_at = expires_at - interval '2 hours'
       WHERE name = $1`,
      [tag],
    );
  const sweep = () => app.nest.get(ExpiredTags).sweep();
  const preview = (): TestManifest =>
    indexOf([
      randomImage({ labels: { 'berth.expires-after': '2h' } }),
      randomImage({ architecture: 'arm64', labels: { 'berth.expires-after': '3h' } }),
    ]);

  it.each([
    { by: 'a label', image: randomImage({ labels: { 'berth.expires-after': '90m' } }), hours: 1.5 },
    { by: 'an annotation', image: randomImage({ annotations: { 'berth.expires-after': '1d' } }), hours: 24 },
    { by: 'the shortest of the labels of its children', image: preview(), hours: 2 },
  ])('end by $by', async ({ image, hours }) => {
    await client.push('team/app', image, 'ends');
    const end = (await endOf('ends'))!;
    expect(Math.abs(end - Date.now() - hours * hour)).toBeLessThan(5 * 60_000);
  });

  it('do not by a label that says nothing', async () => {
    await client.push('team/app', randomImage({ labels: { 'berth.expires-after': 'soon' } }), 'stays');
    expect(await endOf('stays')).toBeUndefined();
  });

  it('go into trash with their image when their time is over, and come back to stay', async () => {
    const image = preview();
    await client.push('team/app', image, 'preview');
    expect(await sweep()).toBe(0);
    await age('preview');
    expect(await sweep()).toBe(1);
    for (const { digest } of [image, ...image.children]) expect(await statusOf(digest)).toBe(404);
    const [entry] = (await alice.get(`${repository}/trash`).expect(200)).body.items;
    expect(entry).toMatchObject({
      reason: 'expired',
      tags: ['preview'],
      deletedBy: 'system',
      attachedCount: 2,
    });
    await alice.post(`${repository}/trash/${entry.id}/restore`).expect(200);
    for (const { digest, bytes } of [image, ...image.children])
      expect(await client.pullManifest('team/app', digest)).toEqual(bytes);
    expect(await endOf('preview')).toBeUndefined();
    expect(await sweep()).toBe(0);
  });

  it('leave an image that another tag is on', async () => {
    const image = randomImage({ labels: { 'berth.expires-after': '2h' } });
    await client.push('team/app', image, 'short');
    await client.putManifest('team/app', image, 'long');
    await world.sql(`UPDATE tags SET expires_at = NULL WHERE name = 'long'`);
    await age('short');
    expect(await sweep()).toBe(1);
    expect(await statusOf('short')).toBe(404);
    expect(await client.pullManifest('team/app', 'long')).toEqual(image.bytes);
  });

  it('end by a rule, unless they are immutable', async () => {
    for (const tag of ['pr-1', 'pr-2', 'main']) await client.push('team/app', randomImage(), tag);
    await alice
      .put(`${repository}/lifecycle`, {
        expiry: { tags: ['*', '!main', '!stays', '!long'], after: '2h' },
        immutableTags: ['pr-2'],
      })
      .expect(200);
    expect(Math.abs((await endOf('pr-1'))! - Date.now() - 2 * hour)).toBeLessThan(5 * 60_000);
    for (const tag of ['pr-2', 'main']) expect(await endOf(tag)).toBeUndefined();
    for (const tag of ['pr-1', 'pr-2', 'main']) await age(tag);
    expect(await sweep()).toBe(1);
    expect(await Promise.all(['pr-1', 'pr-2', 'main'].map(statusOf))).toEqual([404, 200, 200]);
  });
});

describe('a tag at a time', () => {
  let app: TestApp;
  let world: World;
  let alice: Api;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    await world.user('alice');
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  it('is where it pointed then', async () => {
    const owner = await world.accessToken('alice');
    alice = apiOf(app, owner);
    const client = new RegistryClient({ url: app.url, credentials: owner, scheme: 'basic' });
    const [first, second] = [randomImage(), randomImage()];
    for (const image of [first, second]) await client.push('alice/app', image, 'v1');
    await alice.delete('/repositories/alice%2Fapp/tags/v1').expect(200);
    const months = ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z'];
    const moves = await world.sql<{ id: string }>('SELECT id FROM tag_history ORDER BY id');
    for (const [index, { id }] of moves.entries())
      await world.sql('UPDATE tag_history SET moved_at = $2 WHERE id = $1', [id, months[index]]);
    const at = (time: string, who = alice) =>
      who.get(`/repositories/alice%2Fapp/tags/v1?at=${encodeURIComponent(time)}`);
    await at('2025-12-31T23:59:59Z').expect(404);
    for (const [time, image] of [
      ['2026-01-15T00:00:00Z', first],
      ['2026-02-01T01:00:00+01:00', second],
    ] as const) {
      const { body } = await at(time).expect(200);
      expect(body).toMatchObject({ tag: 'v1', digest: image.digest, movedBy: 'alice', isThere: true });
    }
    const { body } = await at('2026-03-02T00:00:00Z').expect(404);
    expect(body.detail).toBe('alice/app had no tag "v1" at 2026-03-02T00:00:00.000Z.');
    await at('yesterday').expect(400);
    await at('2026-01-15T00:00:00Z', apiOf(app)).expect(404);
  });
});
