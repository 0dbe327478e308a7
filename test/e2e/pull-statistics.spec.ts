import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PullCounts } from '../../apps/registry-api/src/pulls/pull-counts.js';
import { PullRetention } from '../../apps/registry-api/src/pulls/pull-retention.js';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { eventually } from '../support/eventually.js';
import { indexOf, randomImage, type TestManifest } from '../support/images.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

const today = () => new Date().toISOString().slice(0, 10);

let app: TestApp;
let other: TestApp;
let world: World;
let alice: Credentials;
let client: RegistryClient;
let api: Api;

beforeAll(async () => {
  app = await startApp();
  other = await startApp({ replicaOf: app });
  world = await World.open(app.databaseUrl);
  alice = await world.user('alice');
  client = new RegistryClient({ url: app.url, credentials: alice });
  api = apiOf(app, alice);
});
afterAll(async () => {
  await world.close();
  await other.close();
  await app.close();
});

async function counted(...apps: TestApp[]): Promise<void> {
  for (const { nest } of apps.length > 0 ? apps : [app]) await nest.get(PullCounts).flush({ isLast: true });
}

const pullsOf = async (name: string, tag?: string) =>
  (await api.get(`/repositories/${encodeURIComponent(name)}/pulls${tag ? `?tag=${tag}` : ''}`)).body;

async function repository(name: string, image: TestManifest, ...tags: string[]): Promise<string> {
  const id = await world.repository(name);
  for (const tag of tags) await client.push(name, image, tag);
  return id;
}

describe('pulls', () => {
  it('are GETs of a manifest by a client: three are three, and a HEAD is none', async () => {
    await repository('alice/app', randomImage(), 'v1');
    for (let pull = 0; pull < 3; pull += 1) await client.pullManifest('alice/app', 'v1');
    await client.expect([200], 'HEAD', '/v2/alice/app/manifests/v1');
    await counted();
    const pulled = {
      pullCount: 3,
      lastPulledAt: expect.stringMatching(/Z$/),
      days: expect.arrayContaining([{ day: today(), count: 3 }]),
    };
    const [ofRepository, ofTag] = [await pullsOf('alice/app'), await pullsOf('alice/app', 'v1')];
    expect(ofRepository).toEqual(pulled);
    expect(ofTag).toEqual(pulled);
    expect(ofTag.days).toHaveLength(90);
    expect((await api.get('/repositories/alice%2Fapp')).body).toMatchObject({
      pullCount: 3,
      lastPulledAt: ofRepository.lastPulledAt,
      pullsByDay: expect.arrayContaining([{ day: today(), count: 3 }]),
    });
    expect((await api.get('/repositories/alice%2Fapp/tags')).body.items).toMatchObject([
      { name: 'v1', pullCount: 3, lastPulledAt: ofTag.lastPulledAt },
    ]);
  });

  it('by digest are written too when nobody pulls anything afterwards', async () => {
    const image = randomImage();
    await repository('alice/lone', image, 'v1');
    await client.pullManifest('alice/lone', image.digest);
    await eventually('it is counted', async () => (await pullsOf('alice/lone', 'v1')).pullCount === 1);
  });

  it('are none of the pages, which read the same manifest', async () => {
    const image = randomImage();
    await repository('alice/shown', image, 'v1');
    for (const path of ['', '/tags', '/tags/v1', `/manifests/${image.digest}`, '/pulls'])
      await api.get(`/repositories/alice%2Fshown${path}`).expect(200);
    await counted();
    expect(await pullsOf('alice/shown')).toMatchObject({ pullCount: 0, lastPulledAt: null });
  });

  it('by a digest count once for the repository and for each tag on it', async () => {
    const image = randomImage();
    await repository('alice/twice', image, 'v1', 'v1.0');
    await client.pullManifest('alice/twice', image.digest);
    await counted();
    expect(await pullsOf('alice/twice')).toMatchObject({ pullCount: 1 });
    expect(await pullsOf('alice/twice', 'v1')).toMatchObject({ pullCount: 1 });
    expect(await pullsOf('alice/twice', 'v1.0')).toMatchObject({ pullCount: 1 });
    expect(await pullsOf('alice/twice', 'never')).toMatchObject({ pullCount: 0 });
  });

  it('of an index are one with the children that are fetched after it, also from another process', async () => {
    const [amd64, arm64] = [randomImage(), randomImage({ architecture: 'arm64' })];
    await repository('alice/many', amd64, 'amd64');
    await client.push('alice/many', indexOf([amd64, arm64]), 'v1');
    const elsewhere = new RegistryClient({ url: other.url, credentials: alice });
    await client.pullManifest('alice/many', 'v1');
    await elsewhere.pullManifest('alice/many', amd64.digest);
    await client.pullManifest('alice/many', arm64.digest);
    await counted(app, other);
    expect(await pullsOf('alice/many')).toMatchObject({ pullCount: 1 });
    expect(await pullsOf('alice/many', 'v1')).toMatchObject({ pullCount: 1 });
    expect(await pullsOf('alice/many', 'amd64')).toMatchObject({ pullCount: 0 });
  });

  it('of a child count when its index was not fetched before by the same client', async () => {
    const child = randomImage();
    await repository('alice/child', child, 'amd64');
    await client.push('alice/child', indexOf([child]), 'v1');
    await client.pullManifest('alice/child', child.digest);
    await counted();
    expect(await pullsOf('alice/child')).toMatchObject({ pullCount: 1 });
    expect(await pullsOf('alice/child', 'amd64')).toMatchObject({ pullCount: 1 });
    await client.pullManifest('alice/child', 'v1');
    const bob = await world.user('bob');
    await world.grant('alice/child', 'bob', 'reader');
    await new RegistryClient({ url: app.url, credentials: bob }).pullManifest('alice/child', child.digest);
    await counted();
    expect(await pullsOf('alice/child')).toMatchObject({ pullCount: 3 });
  });

  it('of several processes add up, written by timers and at the end of a process', async () => {
    await repository('alice/shared', randomImage(), 'v1');
    const third = await startApp({ replicaOf: app });
    const clients = [app, other, third].map(({ url }) => new RegistryClient({ url, credentials: alice }));
    await Promise.all(clients.flatMap((from) => [1, 2].map(() => from.pullManifest('alice/shared', 'v1'))));
    await third.close();
    const isCounted = async () => (await pullsOf('alice/shared')).pullCount === 6;
    await eventually('all six are counted', isCounted, 20);
    expect(await pullsOf('alice/shared', 'v1')).toMatchObject({ pullCount: 6 });
  });

  it('make no push wait, and wait for none: what is busy is counted the next time', async () => {
    const [busy] = [
      await repository('alice/busy', randomImage(), 'v1'),
      await repository('alice/idle', randomImage(), 'v1'),
    ];
    const pushing = await World.open(app.databaseUrl);
    await pushing.sql('BEGIN');
    await pushing.sql('UPDATE repository_summaries SET active_at = now() WHERE repository_id = $1', [busy]);
    for (const name of ['alice/busy', 'alice/idle']) await client.pullManifest(name, 'v1');
    await counted();
    expect(await pullsOf('alice/idle')).toMatchObject({ pullCount: 1 });
    expect(await pullsOf('alice/busy')).toMatchObject({ pullCount: 0 });
    await pushing.sql('COMMIT');
    await pushing.close();
    await counted();
    expect(await pullsOf('alice/busy')).toMatchObject({ pullCount: 1 });
  });

  it('raise the popularity of a repository, in its steps', async () => {
    const id = await repository('alice/liked', randomImage(), 'v1');
    const popularity = async () =>
      (await world.sql<{ popularity: number }>('SELECT popularity FROM repositories WHERE id = $1', [id]))[0]!
        .popularity;
    const before = await popularity();
    await Promise.all(Array.from({ length: 40 }, () => client.pullManifest('alice/liked', 'v1')));
    await counted();
    expect(await popularity()).toBeGreaterThanOrEqual(before + 1.5);
    expect((await popularity()) % 0.25).toBe(0);
  });

  it('by day are kept for ninety days, the totals for ever', async () => {
    const id = await repository('alice/old', randomImage(), 'v1');
    await client.pullManifest('alice/old', 'v1');
    await counted();
    for (const table of ['tag_pull_days', 'repository_pull_days'])
      await world.sql(`UPDATE ${table} SET day = day - 90 WHERE repository_id = $1`, [id]);
    expect(await app.nest.get(PullRetention).sweep()).toBe(2);
    expect(await app.nest.get(PullRetention).sweep()).toBe(0);
    expect(await pullsOf('alice/old', 'v1')).toMatchObject({ pullCount: 1 });
  });

  it('of a repository that has gone meanwhile are counted for nobody', async () => {
    const id = await repository('alice/gone', randomImage(), 'v1');
    await client.pullManifest('alice/gone', 'v1');
    await api.delete('/repositories/alice%2Fgone').expect(204);
    await api.post(`/trash/repositories/${id}/purge`, { name: 'alice/gone' }).expect(204);
    await counted();
    expect(await world.sql('SELECT FROM repository_pull_days WHERE repository_id = $1', [id])).toEqual([]);
  });

  it('are shown to those alone who may read the repository', async () => {
    await world.repository('alice/private');
    const absent = await apiOf(app).get('/repositories/alice%2Fabsent/pulls').expect(404);
    const hidden = await apiOf(app).get('/repositories/alice%2Fprivate/pulls').expect(404);
    expect(hidden.text).toBe(absent.text);
  });
});
