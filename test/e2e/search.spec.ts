import supertest, { type Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import type { Credentials } from '../support/registry-client.js';
import { World } from '../support/world.js';

describe('docker search', () => {
  let app: TestApp;
  let world: World;
  let alice: Credentials;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    alice = await world.user('alice');
    await world.user('bob');
    const open = { visibility: 'public' } as const;
    await world.repository('alice/web', { ...open, description: 'Serves pages' });
    await world.repository('alice/web-old', open);
    await world.repository('alice/a_b', open);
    await world.repository('alice/axb', open);
    await world.repository('alice/web-secret', { description: 'private' });
    await world.repository('alice/proxy', { ...open, description: 'In front of the WEB, 100% of it' });
    await world.repository('bob/my-web', open);
    await world.repository('bob/web', open);
    await world.repository('library/web', { ...open, description: 'The instance’s own' });
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  function search(query: string, authorization?: string): Promise<Response> {
    const request = supertest(app.url).get(`/v1/search${query}`);
    return (authorization ? request.set('Authorization', authorization) : request).then(
      (response) => response,
    );
  }

  const basic = ({ username, password }: Credentials) => `Basic ${btoa(`${username}:${password}`)}`;
  const namesOf = ({ body }: Response): string[] => body.results.map(({ name }: { name: string }) => name);

  async function bearer(scope: string, { username, password }: Credentials): Promise<string> {
    const { body } = await supertest(app.url)
      .get(`/token?scope=${scope}`)
      .auth(username, password)
      .expect(200);
    return `Bearer ${body.token}`;
  }

  it('says at /v1/_ping that credentials may be sent here', async () => {
    const { status, headers, body } = await supertest(app.url).get('/v1/_ping');
    expect(status).toBe(200);
    expect(headers['x-docker-registry-standalone']).toBe('true');
    expect(body).toEqual({ standalone: true });
  });

  it('puts the exact name first, then last components, beginnings, names and the rest; the newer first', async () => {
    const response = await search('?q=web');
    expect(response.status).toBe(200);
    expect(response.headers['cache-control']).toBe('private, no-store');
    expect(namesOf(response)).toEqual([
      'web',
      'bob/web',
      'alice/web',
      'alice/web-old',
      'bob/my-web',
      'alice/proxy',
    ]);
    expect(response.body).toMatchObject({
      query: 'web',
      num_results: 6,
      num_pages: 1,
      page: 1,
      page_size: 25,
    });
    expect(response.body.results[0]).toEqual({
      name: 'web',
      description: 'The instance’s own',
      star_count: 0,
      is_official: true,
      is_automated: false,
    });
    expect(response.body.results[1].is_official).toBe(false);
  });

  it.each([
    { q: 'WEB OLD', names: ['alice/web-old'] },
    { q: 'alice/web', names: ['alice/web', 'alice/web-old', 'alice/proxy'] },
    { q: 'serves', names: ['alice/web'] },
    { q: 'front proxy', names: ['alice/proxy'] },
    { q: 'front serves', names: [] },
    { q: 'a_b', names: ['alice/a_b'] },
    { q: '100%', names: ['alice/proxy'] },
    { q: '\\', names: [] },
    { q: 'nothing\0such', names: [] },
    { q: 'library/web', names: ['web'] },
    { q: 'secret', names: [] },
  ])('finds $names for $q', async ({ q, names }) => {
    const response = await search(`?q=${encodeURIComponent(q)}`);
    expect(response.status).toBe(200);
    expect(namesOf(response)).toEqual(names);
    expect(response.body.num_results).toBe(names.length);
  });

  it('finds everything for an empty term', async () => {
    expect(namesOf(await search('?q='))).toHaveLength(8);
    expect(namesOf(await search(''))).toHaveLength(8);
  });

  it.each([
    { query: '?q=web&n=2', names: ['web', 'bob/web'] },
    { query: '?q=web&n=2&page=2', names: ['alice/web', 'alice/web-old'] },
    { query: '?q=web&n=4&page=2', names: ['bob/my-web', 'alice/proxy'] },
    { query: '?q=web&n=4&page=3', names: [] },
    { query: '?q=web&n=4&page=999999999', names: [] },
  ])('answers $query with its page, and all that match counted', async ({ query, names }) => {
    const response = await search(query);
    expect(namesOf(response)).toEqual(names);
    expect(response.body.num_results).toBe(6);
    expect(response.body.num_pages).toBe(Math.ceil(6 / response.body.page_size));
  });

  it('holds at most 100 results a page and counts to 1,000', async () => {
    await world.organization('many');
    await world.sql(
      `WITH made AS (
         INSERT INTO repositories (namespace_id, name, visibility)
         SELECT n.id, 'many/bulk-' || i, 'public' FROM namespaces n, generate_series(1, 1100) i WHERE n.name = 'many'
         RETURNING id
       )
       INSERT INTO repository_summaries (repository_id) SELECT id FROM made`,
    );
    const { body } = await search('?q=bulk&n=5000');
    expect(body).toMatchObject({ num_results: 1000, page_size: 100, num_pages: 10 });
    expect(body.results).toHaveLength(100);
  });

  it.each(['?n=0', '?n=-1', '?n=abc', '?page=0', '?page=x', '?q=a&q=b', `?q=${'x'.repeat(501)}`])(
    'refuses %s',
    async (query) => {
      const { status, body } = await search(query);
      expect(status).toBe(400);
      expect(body.errors[0].message).toMatch(/\S/);
    },
  );

  it('shows private repositories to those who may pull them only, by Basic and by token', async () => {
    const find = async (authorization?: string) => namesOf(await search('?q=secret', authorization));
    const catalogToken = await bearer('registry:catalog:search', alice);
    expect(await find()).toEqual([]);
    expect(await find(basic({ username: 'bob', password: 'password of bob' }))).toEqual([]);
    expect(await find(basic(alice))).toEqual(['alice/web-secret']);
    expect(await find(catalogToken)).toEqual(['alice/web-secret']);
    expect(await find(basic(await world.accessToken('alice', { repositories: ['alice/web'] })))).toEqual([]);
  });

  it('counts what the requester may see', async () => {
    expect((await search('?q=web')).body.num_results).toBe(6);
    expect((await search('?q=web', basic(alice))).body.num_results).toBe(7);
  });

  it('refuses credentials that do not count, and a token made for something else', async () => {
    const repositoryToken = await search('?q=web', await bearer('repository:alice/web:pull', alice));
    expect(repositoryToken.status).toBe(401);
    expect(repositoryToken.headers['www-authenticate']).toContain('scope="registry:catalog:search"');
    const revoked = await world.accessToken('alice');
    const token = await bearer('registry:catalog:search', revoked);
    await world.revokeAccessToken(revoked);
    for (const authorization of [token, basic(revoked), basic({ ...alice, password: 'x' }), 'Bearer x']) {
      expect((await search('?q=web', authorization)).status).toBe(401);
    }
  });

  it('is one round trip', async () => {
    const authorization = basic(await world.accessToken('alice'));
    await search('', authorization); // a first use may be written down
    expect(await app.countSql(() => search('?q=web'))).toHaveLength(1);
    expect(await app.countSql(() => search('?q=web+old&page=2', authorization))).toHaveLength(1);
  });
});
