import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { basic, bearer } from '../support/authorization.js';
import { type Content, randomBlob, randomImage } from '../support/images.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

describe('scope of the credential', () => {
  let app: TestApp;
  let world: World;
  let alice: Api;
  const image = randomImage();
  const all = ['pull', 'push', 'delete'];

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    const owner = await world.user('alice');
    alice = apiOf(app, await world.accessToken('alice'));
    const client = new RegistryClient({ url: app.url, credentials: owner });
    for (const repository of ['alice/app', 'alice/other']) await client.push(repository, image, 'v1');
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  async function made(kind: 'access token' | 'robot', body: object): Promise<Credentials> {
    const name = `made-${Math.random().toString(36).slice(2)}`;
    if (kind === 'access token') {
      const { body: answer } = await alice.post('/access-tokens', { name, ...body }).expect(201);
      return { username: 'alice', password: answer.token };
    }
    const { body: answer } = await alice.post('/namespaces/alice/robots', { name, ...body }).expect(201);
    return { username: answer.username, password: answer.secret };
  }

  /** The statuses of a pull, a push and a delete; nothing that is there is changed by them. */
  async function attempts(authorization: string, repository: string): Promise<number[]> {
    const send = (method: 'get' | 'post' | 'delete', path: string) =>
      supertest(app.url)[method](`/v2/${repository}/${path}`).set('Authorization', authorization);
    const answers = [
      await send('get', 'manifests/v1'),
      await send('post', 'blobs/uploads/'),
      await send('delete', 'manifests/no-such-tag'),
    ];
    return answers.map(({ status }) => status);
  }

  const granted = async (credentials: Credentials, repository: string) => {
    const { body } = await supertest(app.url)
      .get(`/token?scope=repository:${repository}:${all.join(',')}`)
      .set('Authorization', basic(credentials))
      .expect(200);
    return JSON.parse(Buffer.from(body.token.split('.')[1], 'base64url').toString()).access[0].actions;
  };

  describe.each(['access token', 'robot'] as const)('of an %s', (kind) => {
    it.each([
      { scopes: ['repository:read'], statuses: [200, 403, 403], actions: ['pull'] },
      {
        scopes: ['repository:read', 'repository:write'],
        statuses: [200, 202, 403],
        actions: ['pull', 'push'],
      },
      {
        scopes: ['repository:read', 'repository:delete'],
        statuses: [200, 403, 404],
        actions: ['pull', 'delete'],
      },
      { scopes: ['repository:write'], statuses: [404, 202, 404], actions: ['push'] },
    ])('$scopes: more is denied', async ({ scopes, statuses, actions }) => {
      const credentials = await made(kind, { scopes });
      expect(await attempts(basic(credentials), 'alice/app')).toEqual(statuses);
      expect(await granted(credentials, 'alice/app')).toEqual(actions);
      const token = await bearer(app.url, [`repository:alice/app:${all.join(',')}`], credentials);
      const byBearer = statuses.map((status, index) => (actions.includes(all[index] ?? '') ? status : 401));
      expect(await attempts(token, 'alice/app')).toEqual(byBearer);
    });

    it.each([
      { repositories: ['alice/other'] },
      { repositories: ['alice/oth*'] },
      { repositories: ['other/*'] },
      { repositories: ['alice/ap'] },
      { repositories: ['app'] },
    ])('limited to $repositories: another repository is absent', async ({ repositories }) => {
      const credentials = await made(kind, {
        scopes: ['repository:read', 'repository:write', 'repository:delete'],
        repositories,
      });
      const [app1, absent] = [
        await attempts(basic(credentials), 'alice/app'),
        await attempts(basic(credentials), 'bob/absent'),
      ];
      expect(app1).toEqual(absent);
      expect(app1).toEqual([404, 404, 404]);
      expect(await granted(credentials, 'alice/app')).toEqual([]);
      const { body: listed } = await apiOf(app, credentials).get('/repositories').expect(200);
      expect(listed.items.map(({ name }: { name: string }) => name)).not.toContain('alice/app');
      const { body: found } = await supertest(app.url)
        .get('/v1/search?q=app')
        .set('Authorization', basic(credentials))
        .expect(200);
      expect(found.results).toEqual([]);
      await apiOf(app, credentials).get('/repositories/alice%2Fapp').expect(404);
    });

    it('limited to a pattern: what it does not match cannot be made by a push', async () => {
      const scopes = ['repository:read', 'repository:write'];
      const credentials = await made(kind, { scopes, repositories: ['alice/new-*'] });
      expect((await attempts(basic(credentials), 'alice/made'))[1]).toBe(404);
      expect((await attempts(basic(credentials), 'alice/new-one'))[1]).toBe(202);
    });
  });

  it('"_" in a limit is no wildcard', async () => {
    await world.organization('a_b', { alice: 'owner' });
    await world.organization('axb', { alice: 'owner' });
    for (const repository of ['a_b/c_d', 'axb/c_d', 'a_b/cxd']) await world.repository(repository);
    const credentials = await made('access token', {
      scopes: ['repository:read'],
      repositories: ['a_b/c_d'],
    });
    const { body } = await apiOf(app, credentials).get('/repositories').expect(200);
    expect(body.items.map(({ name }: { name: string }) => name)).toEqual(['a_b/c_d']);
  });

  it('a token never gives more than its owner has now', async () => {
    await world.user('bob');
    await world.organization('shared', { alice: 'owner', bob: 'owner' });
    await new RegistryClient({ url: app.url, credentials: await world.accessToken('alice') }).push(
      'shared/app',
      image,
      'v1',
    );
    const { body } = await apiOf(app, await world.accessToken('bob'))
      .post('/access-tokens', {
        name: 'everything',
        scopes: ['repository:read', 'repository:write', 'repository:delete', 'admin'],
      })
      .expect(201);
    const credentials = { username: 'bob', password: body.token };
    const expected = {
      owner: [200, 202, 404],
      maintainer: [200, 202, 404],
      writer: [200, 202, 403],
      reader: [200, 403, 403],
    };
    for (const [role, statuses] of Object.entries(expected)) {
      await alice.put('/namespaces/shared/members/bob', { role }).expect(200);
      expect(await attempts(basic(credentials), 'shared/app')).toEqual(statuses);
      const administers = await apiOf(app, credentials).get('/repositories/shared%2Fapp/grants');
      expect(administers.status).toBe(role === 'owner' ? 200 : 403);
    }
    await alice.delete('/namespaces/shared/members/bob').expect(204);
    expect(await attempts(basic(credentials), 'shared/app')).toEqual([404, 404, 404]);
  });

  it('settings need the scope admin', async () => {
    const credentials = await made('access token', {
      scopes: ['repository:read', 'repository:write', 'repository:delete'],
    });
    const api = apiOf(app, credentials);
    await api.patch('/repositories/alice%2Fapp', { visibility: 'public' }).expect(403);
    await api.get('/repositories/alice%2Fapp/grants').expect(403);
    await api.get('/access-tokens').expect(403);
    await api.get('/namespaces/alice/robots').expect(403);
  });

  describe("mount beyond the token's own limits", () => {
    let blob: Content;

    beforeAll(async () => {
      blob = randomBlob();
      const client = new RegistryClient({ url: app.url, credentials: await world.accessToken('alice') });
      await client.pushBlob('alice/private', blob);
      await client.pushBlob('alice/limited', randomBlob());
    });

    const answerOf = async (authorization: string, query: string) => {
      const { status, headers, body } = await supertest(app.url)
        .post(`/v2/alice/limited/blobs/uploads/${query}`)
        .set('Authorization', authorization);
      const names = ['location', 'docker-upload-uuid', 'date', 'x-request-id'];
      const kept = Object.entries(headers).filter(([name]) => !names.includes(name));
      return { status, headers: Object.fromEntries(kept), body, names: Object.keys(headers).toSorted() };
    };

    it.each(['from=alice/private', ''])(
      'by %s is an ordinary upload, as of a blob that is not there',
      async (from) => {
        const limited = await made('access token', {
          scopes: ['repository:read', 'repository:write'],
          repositories: ['alice/limited'],
        });
        const scopes = ['repository:alice/limited:pull,push', 'repository:alice/private:pull'];
        for (const authorization of [basic(limited), await bearer(app.url, scopes, limited)]) {
          const there = await answerOf(authorization, `?mount=${blob.digest}&${from}`);
          const absent = await answerOf(authorization, `?mount=${randomBlob().digest}&${from}`);
          expect(there).toEqual(absent);
          expect(there.status).toBe(202);
        }
        const unlimited = basic(await world.accessToken('alice'));
        expect((await answerOf(unlimited, `?mount=${blob.digest}&${from}`)).status).toBe(201);
        await world.sql(
          `DELETE FROM repository_blobs USING repositories r, blobs b
         WHERE r.id = repository_id AND b.id = blob_id AND r.name = 'alice/limited' AND b.digest = $1`,
          [blob.digest],
        );
      },
    );
  });
});
