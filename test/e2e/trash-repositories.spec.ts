import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TrashPurge } from '../../apps/registry-api/src/trash/trash-purge.js';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { bearer } from '../support/authorization.js';
import { descriptorOf, indexOf, randomArtifact, randomImage } from '../support/images.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

describe('repositories and namespaces in trash', () => {
  let app: TestApp;
  let world: World;
  let owner: Credentials;
  let admin: Api;
  let alice: Api;
  let bob: Api;
  let carol: Api;
  let client: RegistryClient;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    for (const name of ['alice', 'bob', 'carol']) await world.user(name);
    await world.organization('team', { alice: 'owner', bob: 'maintainer', carol: 'writer' });
    owner = await world.accessToken('alice');
    admin = apiOf(app, await world.accessToken('admin'));
    [alice, bob, carol] = [
      apiOf(app, owner),
      apiOf(app, await world.accessToken('bob')),
      apiOf(app, await world.accessToken('carol')),
    ];
    client = new RegistryClient({ url: app.url, credentials: owner });
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  const at = (name: string) => `/repositories/${encodeURIComponent(name)}`;
  /** Deletes and answers where in the trash it is, below `/api/v1`. */
  const remove = async (address: string, who = alice) => {
    const { headers } = await who.delete(address).expect(204);
    return String(headers.location).replace('/api/v1', '');
  };
  const listed = async (who: Api, query = '') =>
    (await who.get(`/trash?limit=100${query}`).expect(200)).body.items.map(
      ({ kind, name }: { kind: string; name: string }) => `${kind} ${name}`,
    );

  it('a repository comes back with everything', async () => {
    const index = indexOf([randomImage(), randomImage({ architecture: 'arm64' })]);
    const sbom = randomArtifact({ subject: descriptorOf(index) });
    await client.push('team/app', index, 'v1');
    await client.push('team/app', sbom);
    await alice.patch(at('team/app'), { description: 'of all teams', visibility: 'public' }).expect(200);
    await alice.put(`${at('team/app')}/grants/carol`, { role: 'maintainer' }).expect(200);
    const before = (await alice.get(at('team/app')).expect(200)).body;
    const entry = await remove(at('team/app'));
    for (const who of [alice, admin, apiOf(app)]) await who.get(at('team/app')).expect(404);
    expect((await client.request('GET', '/v2/team/app/manifests/v1')).status).toBe(404);
    for (const list of ['/repositories?limit=100', '/search?q=app', '/search/suggestions?q=app'])
      expect(JSON.stringify((await alice.get(list).expect(200)).body)).not.toContain('team/app');
    expect(await listed(alice)).toEqual(['repository team/app']);
    const blobs = new Map(
      [...index.children.flatMap((child) => child.blobs), ...sbom.blobs].map((blob) => [blob.digest, blob]),
    );
    const sizeBytes = [...blobs.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
    expect((await alice.get('/trash?namespace=team').expect(200)).body.items).toMatchObject([
      { tagCount: 1, sizeBytes, deletedBy: 'alice' },
    ]);
    const { body } = await alice.post(`${entry}/restore`, {}).expect(200);
    expect(body).toEqual({ name: 'team/app' });
    expect((await alice.get(at('team/app')).expect(200)).body).toEqual(before);
    expect(await client.pullManifest('team/app', 'v1')).toEqual(index.bytes);
    const referrers = await client.request('GET', `/v2/team/app/referrers/${index.digest}`);
    expect(await referrers.json()).toMatchObject({ manifests: [{ digest: sbom.digest }] });
    expect((await alice.get(`${at('team/app')}/grants`).expect(200)).body.items).toHaveLength(1);
    expect(await listed(alice)).toEqual([]);
  });

  it('a name that is taken again is said, and the repository comes back under another one', async () => {
    const [old, now] = [randomImage(), randomImage()];
    await client.push('team/taken', old, 'v1');
    const token = await bearer(app.url, ['repository:team/taken:pull'], owner);
    const entry = await remove(at('team/taken'));
    await client.push('team/taken', now, 'v1');
    const pull = () => fetch(`${app.url}/v2/team/taken/manifests/v1`, { headers: { authorization: token } });
    expect((await pull()).status).toBe(401);
    const { body } = await alice.post(`${entry}/restore`, {}).expect(409);
    expect(body.detail).toContain('There is a repository "team/taken" again');
    await alice.post(`${entry}/restore`, { name: 'team/taken' }).expect(409);
    await alice.post(`${entry}/restore`, { name: 'alice/taken' }).expect(400);
    await alice.post(`${entry}/restore`, { name: 'team/TAKEN' }).expect(400);
    await alice.post(`${entry}/restore`, { name: 'team/taken-before' }).expect(200);
    expect(await client.pullManifest('team/taken-before', 'v1')).toEqual(old.bytes);
    expect(await client.pullManifest('team/taken', 'v1')).toEqual(now.bytes);
    expect((await pull()).status).toBe(401);
  });

  it('several of one name lie beside each other', async () => {
    const entries: string[] = [];
    for (const tag of ['one', 'two', 'three']) {
      await client.push('team/often', randomImage(), tag);
      entries.push(await remove(at('team/often')));
    }
    await alice.post(`${entries[1]}/restore`, {}).expect(200);
    expect(await client.tags('team/often')).toEqual(['two']);
    await alice.post(`${entries[1]}/restore`, {}).expect(404);
  });

  it('is seen, restored and purged by maintainers of the namespace and admins alone', async () => {
    await world.repository('team/secret');
    await world.grant('team/secret', 'carol', 'owner');
    const entry = await remove(at('team/secret'));
    const absent = (await carol.post('/trash/repositories/999999/restore', {}).expect(404)).body.detail;
    for (const [verb, body] of [
      ['restore', {}],
      ['purge', { name: 'team/secret' }],
    ] as const)
      expect((await carol.post(`${entry}/${verb}`, body).expect(404)).body.detail).toBe(absent);
    for (const who of [alice, bob, admin]) expect(await listed(who)).toContain('repository team/secret');
    expect(await listed(carol)).toEqual([]);
    await apiOf(app).get('/trash').expect(401);
    const limits = [
      { scopes: ['repository:read', 'admin'] },
      { scopes: ['repository:read', 'repository:delete'], repositories: ['team/*'] },
    ];
    for (const limit of limits) {
      const limited = apiOf(app, await world.accessToken('alice', limit));
      expect(await listed(limited)).not.toContain('repository team/secret');
      await limited.post(`${entry}/restore`, {}).expect(404);
    }
    const robot = apiOf(app, await world.robot('team', 'ci'));
    expect(await listed(robot, '&namespace=team')).toContain('repository team/secret');
    await bob.post(`${entry}/purge`, { name: 'team/other' }).expect(400);
    await bob.post(`${entry}/purge`, { name: 'team/secret' }).expect(204);
    expect(await listed(admin)).not.toContain('repository team/secret');
  });

  it('a namespace comes back with its members, teams, robots and repositories', async () => {
    await world.organization('org', { alice: 'owner', bob: 'maintainer' });
    const image = randomImage();
    await client.push('org/app', image, 'v1');
    await world.robot('org', 'ci');
    const gone = await remove(at('org/app'));
    await client.push('org/other', image, 'v1');
    const entry = await remove('/namespaces/org');
    await alice.get('/namespaces/org').expect(404);
    expect((await client.request('GET', '/v2/org/other/manifests/v1')).status).toBe(401);
    expect(await listed(alice)).toContain('namespace org');
    expect(await listed(alice)).not.toContain('repository org/app');
    expect(await listed(bob)).not.toContain('namespace org');
    await bob.post(`${entry}/restore`).expect(404);
    await alice.post(`${gone}/restore`, {}).expect(404);
    await alice.post(`${entry}/restore`).expect(200);
    expect(await client.pullManifest('org/other', 'v1')).toEqual(image.bytes);
    expect((await alice.get('/namespaces/org/robots').expect(200)).body.items).toHaveLength(1);
    expect((await bob.get('/me').expect(200)).body.namespaces).toContainEqual(
      expect.objectContaining({ name: 'org', role: 'maintainer' }),
    );
    await alice.post(`${gone}/restore`, {}).expect(200);
    expect(await client.pullManifest('org/app', 'v1')).toEqual(image.bytes);
  });

  it('a namespace in trash is not lost when its owner is deleted', async () => {
    await world.user('dora');
    await world.organization('doras', { dora: 'owner' });
    const dora = apiOf(app, await world.accessToken('dora'));
    const entry = await remove('/namespaces/doras', dora);
    await admin.delete('/admin/users/dora?owner=bob').expect(200);
    expect(await listed(bob)).toContain('namespace doras');
    await bob.post(`${entry}/restore`).expect(200);
  });

  it('are removed for good after their time, and cannot be restored from then on', async () => {
    await world.organization('past', { alice: 'owner' });
    await client.push('past/app', randomImage(), 'v1');
    await client.push('team/past', indexOf([indexOf([randomImage()]), randomImage()]), 'v1');
    const entries = [await remove(at('team/past')), await remove('/namespaces/past')];
    const ids = entries.map((entry) => entry.split('/').at(-1));
    await world.sql(`UPDATE repositories SET deleted_at = deleted_at - interval '7 days' WHERE id = $1`, [
      ids[0],
    ]);
    await world.sql(`UPDATE namespaces SET deleted_at = deleted_at - interval '7 days' WHERE id = $1`, [
      ids[1],
    ]);
    for (const entry of entries) await alice.post(`${entry}/restore`, {}).expect(404);
    expect(await app.nest.get(TrashPurge).sweep()).toBe(3);
    expect(await world.sql(`SELECT FROM repositories WHERE name IN ('team/past', 'past/app')`)).toEqual([]);
    const left = await world.sql(
      `SELECT FROM manifests WHERE repository_id NOT IN (SELECT id FROM repositories)`,
    );
    expect(left).toEqual([]);
    await alice.post('/namespaces', { name: 'past' }).expect(409);
  });
});
