import supertest, { type Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

describe('the catalog', () => {
  let app: TestApp;
  let world: World;
  let alice: Credentials;
  let bob: Credentials;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    alice = await world.user('alice');
    bob = await world.user('bob');
    await world.organization('team', { bob: 'reader' });
    await world.repository('alice/app', { visibility: 'public' });
    await world.repository('alice/app-private');
    await world.repository('alice/app.granted');
    await world.grant('alice/app.granted', 'bob', 'reader');
    await world.repository('library/alpine', { visibility: 'public' });
    await world.repository('team/app');
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  /** With a token that the client fetched on the challenge of the first answer. */
  async function list(credentials: Credentials | undefined, query = ''): Promise<string[]> {
    const client = new RegistryClient({ url: app.url, credentials });
    const response = await client.expect([200], 'GET', `/v2/_catalog${query}`);
    return ((await response.json()) as { repositories: string[] }).repositories;
  }

  const listAsAlice = (query: string): Promise<Response> =>
    supertest(app.url)
      .get(`/v2/_catalog${query}`)
      .auth(alice.username, alice.password)
      .then((response) => response);

  async function bearer(scope: string, credentials?: Credentials): Promise<string> {
    const request = supertest(app.url).get(`/token?scope=${scope}`);
    const { body } = await (credentials ? request.auth(credentials.username, credentials.password) : request);
    return `Bearer ${body.token}`;
  }

  it('asks for its scope when no credentials come, although everybody is granted it', async () => {
    const { status, headers } = await supertest(app.url).get('/v2/_catalog');
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toMatch(
      /^Bearer realm="[^"]+\/token",service="[^"]+",scope="registry:catalog:\*"$/,
    );
  });

  it('lists what each may pull, in byte order', async () => {
    const open = ['alice/app', 'library/alpine'];
    expect(await list(undefined)).toEqual(open);
    expect(await list(bob)).toEqual(['alice/app', 'alice/app.granted', 'library/alpine', 'team/app']);
    expect(await list(alice)).toEqual([
      'alice/app',
      'alice/app-private',
      'alice/app.granted',
      'library/alpine',
    ]);
    expect(await list(app.admin)).toHaveLength(5);
  });

  it('lists within the scopes and limits of access tokens and robots', async () => {
    expect(await list(await world.accessToken('alice', { scopes: ['repository:write'] }))).toEqual([]);
    expect(
      await list(await world.accessToken('alice', { repositories: ['alice/app.*', 'library/*'] })),
    ).toEqual(['alice/app.granted', 'library/alpine']);
    expect(await list(await world.robot('team', 'ci'))).toEqual(['alice/app', 'library/alpine', 'team/app']);
  });

  it('answers the same to Basic', async () => {
    const { status, body, headers } = await listAsAlice('');
    expect(status).toBe(200);
    expect(body.repositories).toEqual(await list(alice));
    expect(headers['cache-control']).toBe('private, no-store');
    expect(headers.link).toBeUndefined();
  });

  it.each([
    { query: '?n=0', repositories: [] },
    { query: '?n=1', repositories: ['alice/app'], link: '</v2/_catalog?n=1&last=alice%2Fapp>; rel="next"' },
    {
      query: '?n=3&last=alice/app',
      repositories: ['alice/app-private', 'alice/app.granted', 'library/alpine'],
    },
    {
      query: '?n=2&last=alice/app',
      repositories: ['alice/app-private', 'alice/app.granted'],
      link: expect.stringContaining('granted'),
    },
    { query: '?last=alice/app.x', repositories: ['library/alpine'] },
    { query: '?last=zzz', repositories: [] },
    { query: '?last=library%00x', repositories: ['library/alpine'] },
    { query: '?n=99999999999&last=alice/b', repositories: ['library/alpine'] },
  ])('answers $query with its page', async ({ query, repositories, link }) => {
    const { status, body, headers } = await listAsAlice(query);
    expect(status).toBe(200);
    expect(body).toEqual({ repositories });
    expect(headers.link).toEqual(link);
  });

  it.each(['?n=-1', '?n=abc', '?n=', '?n=1.5', '?n=1&n=2', `?n=${'9'.repeat(30)}`])(
    'refuses %s',
    async (query) => {
      const { status, body } = await listAsAlice(query);
      expect(status).toBe(400);
      expect(body.errors[0].code).toBe('PAGINATION_NUMBER_INVALID');
    },
  );

  it('refuses a token made for something else, and a credential that was revoked', async () => {
    const get = (authorization: string) =>
      supertest(app.url).get('/v2/_catalog').set('Authorization', authorization);
    const other = await get(await bearer('repository:alice/app:pull'));
    expect(other.status).toBe(401);
    expect(other.headers['www-authenticate']).toContain('error="insufficient_scope"');
    const secret = await world.accessToken('alice');
    const token = await bearer('registry:catalog:*', secret);
    expect((await get(token)).status).toBe(200);
    await world.revokeAccessToken(secret);
    expect((await get(token)).status).toBe(401);
    expect((await supertest(app.url).get('/v2/_catalog').auth(secret.username, secret.password)).status).toBe(
      401,
    );
  });

  it('is one round trip for anonymous, a token and an access token', async () => {
    const secret = await world.accessToken('alice');
    for (const authorization of [
      await bearer('registry:catalog:*'),
      await bearer('registry:catalog:*', secret),
      `Basic ${btoa(`${secret.username}:${secret.password}`)}`,
    ]) {
      const get = () =>
        supertest(app.url).get('/v2/_catalog').set('Authorization', authorization).expect(200);
      expect(await app.countSql(get)).toHaveLength(1);
    }
  });

  it('is empty for anonymous where nothing is open to them', async () => {
    const closed = await startApp({ env: { BERTH_ANONYMOUS: 'none' } });
    const people = await World.open(closed.databaseUrl);
    await people.repository('library/alpine', { visibility: 'public' });
    const ask = async (credentials?: Credentials) => {
      const client = new RegistryClient({ url: closed.url, credentials });
      return (await client.expect([200], 'GET', '/v2/_catalog')).json();
    };
    expect(await ask()).toEqual({ repositories: [] });
    expect(await ask(await people.user('alice'))).toEqual({ repositories: ['library/alpine'] });
    await people.close();
    await closed.close();
  });
});
