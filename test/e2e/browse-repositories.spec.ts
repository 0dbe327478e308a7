import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { indexOf, randomArtifact, randomImage } from '../support/images.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

describe('repositories as pages show them', () => {
  let app: TestApp;
  let world: World;
  let alice: Credentials;
  let api: Api;
  let bob: Api;
  let client: RegistryClient;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    for (const name of ['alice', 'bob']) await world.user(name);
    alice = await world.accessToken('alice');
    api = apiOf(app, alice);
    bob = apiOf(app, await world.accessToken('bob'));
    client = new RegistryClient({ url: app.url, credentials: alice, scheme: 'basic' });
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  const path = (name: string, rest = '') => `/repositories/${encodeURIComponent(name)}${rest}`;
  const read = async (name: string, as = api) => (await as.get(path(name)).expect(200)).body;
  const namesOf = ({ body }: { body: { items: { name: string }[] } }) => body.items.map(({ name }) => name);
  const sizeOf = (blobs: { bytes: Buffer }[]) => blobs.reduce((sum, { bytes }) => sum + bytes.length, 0);

  it('sum up what was pushed', async () => {
    const old = randomImage({ architecture: 's390x' });
    const index = indexOf([randomImage(), randomImage({ architecture: 'arm64', variant: 'v8' })]);
    await client.push('alice/app', old, '1.0');
    await client.push('alice/app', index, 'latest');
    await client.push(
      'alice/app',
      randomArtifact({ artifactType: 'application/vnd.cncf.helm.config.v1+json' }),
      'chart',
    );
    const blobs = index.children.flatMap((child) => child.blobs);
    const shown = await read('alice/app');
    expect(shown).toMatchObject({
      namespace: 'alice',
      latestTag: 'latest',
      platforms: ['linux/amd64', 'linux/arm64/v8'],
      sizeBytes: sizeOf(blobs),
      tagCount: 3,
      pushedAt: expect.stringMatching(/Z$/),
      pullCount: 0,
      permissions: ['pull', 'push', 'delete', 'manage', 'administer'],
    });
    expect(shown.artifactKinds).toEqual(['image', 'chart']);
    expect(shown.pullsByDay).toHaveLength(30);
    expect(shown.pullsByDay.at(-1)).toEqual({ day: new Date().toISOString().slice(0, 10), count: 0 });
    expect(shown.totalBytes).toBeGreaterThan(sizeOf([...blobs, ...old.blobs]));
  });

  it('show the tag that was pushed last while none is called latest', async () => {
    await client.push('alice/plain', randomImage({ architecture: 'arm64' }), '2.0');
    await client.push('alice/plain', randomImage(), '1.0');
    expect(await read('alice/plain')).toMatchObject({ latestTag: '1.0', platforms: ['linux/amd64'] });
  });

  const DESCRIPTION = 'org.opencontainers.image.description';
  it('take their description from the image, unless they have one', async () => {
    await client.push('alice/labelled', randomImage({ labels: { [DESCRIPTION]: 'Of the\nlabel' } }), '1');
    expect(await read('alice/labelled')).toMatchObject({ description: 'Of the label' });
    await client.push('alice/labelled', randomImage({ annotations: { [DESCRIPTION]: 'Later' } }), '2');
    expect(await read('alice/labelled')).toMatchObject({ description: 'Of the label' });
    const index = indexOf([randomImage()], { annotations: { [DESCRIPTION]: 'Of the index' } });
    await client.push('alice/indexed', index, '1');
    expect(await read('alice/indexed')).toMatchObject({ description: 'Of the index' });
  });

  it('are listed with the same, in one round trip', async () => {
    const { permissions, pullsByDay, readme, totalBytes, updatedAt, ...summary } = await read('alice/app');
    const { body } = await api.get('/repositories?limit=100').expect(200);
    expect(body.items.find(({ name }: { name: string }) => name === 'alice/app')).toEqual(summary);
    expect(await app.countSql(() => api.get('/repositories?limit=100'))).toHaveLength(1);
    expect(await app.countSql(() => read('alice/app'))).toHaveLength(1);
  });

  describe('mine', () => {
    beforeAll(async () => {
      await world.organization('team', { bob: 'reader' });
      await world.organization('other');
      for (const name of ['team/a', 'team/b', 'team/c', 'bob/own']) await world.repository(name);
      await world.repository('other/public', { visibility: 'public' });
      await world.repository('other/granted');
      await world.grant('other/granted', 'bob', 'writer');
    });

    it('are those in namespaces that one belongs to or that were granted, the last pushed first', async () => {
      const pusher = new RegistryClient({ url: app.url, credentials: app.admin });
      for (const name of ['team/b', 'team/a']) await pusher.push(name, randomImage(), '1');
      expect(namesOf(await bob.get('/repositories?mine=true'))).toEqual([
        'team/a',
        'team/b',
        'other/granted',
        'bob/own',
        'team/c',
      ]);
      const first = await bob.get('/repositories?mine=true&limit=3').expect(200);
      const next = await bob
        .get(`/repositories?mine=true&limit=3&cursor=${first.body.nextCursor}`)
        .expect(200);
      expect([...namesOf(first), ...namesOf(next)]).toEqual([
        'team/a',
        'team/b',
        'other/granted',
        'bob/own',
        'team/c',
      ]);
      expect(next.body.nextCursor).toBeUndefined();
    });

    it('are those that one was granted, alone or with a team, too', async () => {
      await world.user('guest');
      const guest = apiOf(app, await world.accessToken('guest'));
      expect(namesOf(await guest.get('/repositories?mine=true'))).toEqual([]);
      await world.grant('team/a', 'guest', 'reader');
      await world.sql(
        `WITH team AS (INSERT INTO teams (namespace_id, name) SELECT id, 'guests' FROM namespaces WHERE name = 'team' RETURNING id),
         member AS (INSERT INTO team_members (team_id, user_id) SELECT team.id, u.id FROM team, users u WHERE username = 'guest')
         INSERT INTO repository_grants (repository_id, team_id, role)
         SELECT r.id, team.id, 'reader' FROM team, repositories r WHERE r.name = 'team/b'`,
      );
      expect(namesOf(await guest.get('/repositories?mine=true'))).toEqual(['team/a', 'team/b']);
    });

    it('are none of nobody, and a robot’s are those of its namespace', async () => {
      expect(namesOf(await apiOf(app).get('/repositories?mine=true').expect(200))).toEqual([]);
      const robot = apiOf(app, await world.robot('team', 'ci'));
      expect(namesOf(await robot.get('/repositories?mine=true'))).toEqual(['team/a', 'team/b', 'team/c']);
    });

    it('stay within what the credential is limited to', async () => {
      const limited = apiOf(app, await world.accessToken('bob', { repositories: ['team/b'] }));
      expect(namesOf(await limited.get('/repositories?mine=true'))).toEqual(['team/b']);
    });

    it.each([
      '?mine=1',
      '?mine=true&cursor=x',
      `?mine=true&cursor=${Buffer.from('[1]').toString('base64url')}`,
    ])('refuses %s', async (query) => {
      await bob.get(`/repositories${query}`).expect(400);
    });
  });

  describe('stars', () => {
    beforeAll(async () => {
      await world.repository('alice/starred', { visibility: 'public' });
      await world.repository('alice/hidden');
    });

    it('are counted, and one’s own is shown', async () => {
      for (const who of [api, bob, bob]) await who.put(path('alice/starred', '/star')).expect(204);
      expect(await read('alice/starred', bob)).toMatchObject({ starCount: 2, isStarred: true });
      expect(await read('alice/starred', apiOf(app))).toMatchObject({ starCount: 2, isStarred: false });
      for (const _ of [1, 2]) await bob.delete(path('alice/starred', '/star')).expect(204);
      expect(await read('alice/starred', bob)).toMatchObject({ starCount: 1, isStarred: false });
    });

    it('are shown by docker search', async () => {
      const found = await fetch(`${app.url}/v1/search?q=starred`);
      expect(((await found.json()) as { results: unknown[] }).results).toMatchObject([{ star_count: 1 }]);
    });

    it('tell nothing of what one may not read', async () => {
      const seen = async (name: string) => {
        const { status, body } = await bob.put(path(name, '/star'));
        return { status, body };
      };
      expect(await seen('alice/hidden')).toEqual(await seen('alice/absents'));
      expect((await seen('alice/hidden')).status).toBe(404);
    });

    it.each([
      { who: 'nobody', status: 401, make: async () => apiOf(app) },
      { who: 'a robot', status: 403, make: async () => apiOf(app, await world.robot('team', 'stars')) },
      {
        who: 'a token that may only read',
        status: 403,
        make: async () => apiOf(app, await world.accessToken('bob', { scopes: ['repository:read'] })),
      },
    ])('are not given by $who', async ({ status, make }) => {
      await (await make()).put(path('alice/starred', '/star')).expect(status);
    });
  });
});
