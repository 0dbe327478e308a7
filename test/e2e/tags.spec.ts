import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken, basic } from '../support/authorization.js';
import { randomImage } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

let app: TestApp;
let world: World;
let client: RegistryClient;
let authorization: string;

beforeAll(async () => {
  app = await startApp();
  world = await World.open(app.databaseUrl);
  const credentials = await adminToken(app);
  authorization = basic(credentials);
  client = new RegistryClient({ url: app.url, credentials, scheme: 'basic' });
});
afterAll(async () => {
  await world.close();
  await app.close();
});

const get = (path: string) => supertest(app.url).get(path).set('Authorization', authorization);

/** Follows Link headers to the end; the names of each page. */
async function pagesFrom(path: string): Promise<string[][]> {
  const pages: string[][] = [];
  for (let next: string | undefined = path; next !== undefined; ) {
    const response: supertest.Response = await get(next).expect(200);
    pages.push(response.body.tags);
    next = /^<(\/v2\/[^>]+)>; rel="next"$/.exec(response.headers.link ?? '')?.[1];
    expect(next === undefined).toBe(response.headers.link === undefined);
  }
  return pages;
}

describe('the list of tags', () => {
  /** In byte order, which no language's alphabet has. */
  const tags = [
    '0',
    '10',
    '2',
    'A',
    'B',
    '_',
    '_a',
    'a',
    'a-b',
    'a.b',
    'a0',
    'aA',
    'a_b',
    'aa',
    'latest',
    'z',
    'z'.repeat(128),
  ];
  const list = '/v2/team/tagged/tags/list';

  beforeAll(async () => {
    const image = randomImage();
    await client.push('team/tagged', image);
    for (const tag of [...tags].reverse()) await client.putManifest('team/tagged', image, tag);
  });

  it('is complete and in byte order', async () => {
    const response = await get(list).expect(200);
    expect(response.body).toEqual({ name: 'team/tagged', tags });
    expect(response.headers).toMatchObject({
      'content-type': expect.stringMatching(/^application\/json/),
      'cache-control': 'private, no-store',
    });
    expect(response.headers).not.toHaveProperty('link');
  });

  it.each([1, 2, 5, 16, 17, 18, 1000, 99_999_999_999])('has pages of %d', async (n) => {
    const pages = await pagesFrom(`${list}?n=${n}`);
    expect(pages.flat()).toEqual(tags);
    expect(pages).toHaveLength(Math.ceil(tags.length / n));
  });

  it.each([
    ['', tags.length],
    ['a', tags.length - 8],
    ['a-', tags.length - 8],
    ['aa', 3],
    ['no such tag, not even a possible one', 2],
    ['~', 0],
    ['a%00b', tags.length - 8],
    ['%ff', 0],
  ])('goes on after last=%s', async (last, count) => {
    const { body } = await get(`${list}?last=${last}`).expect(200);
    expect(body.tags).toEqual(count === 0 ? [] : tags.slice(-count));
  });

  it('is empty for n=0, without a link', async () => {
    const response = await get(`${list}?n=0`).expect(200);
    expect(response.body).toEqual({ name: 'team/tagged', tags: [] });
    expect(response.headers).not.toHaveProperty('link');
  });

  it('links to the next page as the repository was asked for', async () => {
    const image = randomImage();
    await client.push('alone', image, 'a');
    await client.putManifest('alone', image, 'b_c');
    for (const name of ['alone', 'library/alone']) {
      const response = await get(`/v2/${name}/tags/list?n=1`).expect(200);
      expect(response.body).toEqual({ name, tags: ['a'] });
      expect(response.headers.link).toBe(`</v2/${name}/tags/list?n=1&last=a>; rel="next"`);
      expect(await pagesFrom(`/v2/${name}/tags/list?n=1`)).toEqual([['a'], ['b_c']]);
    }
  });

  it('is empty where nothing is tagged', async () => {
    await client.push('team/untagged', randomImage());
    expect((await get('/v2/team/untagged/tags/list').expect(200)).body).toEqual({
      name: 'team/untagged',
      tags: [],
    });
    await client.startUpload('team/begun');
    expect((await get('/v2/team/begun/tags/list').expect(200)).body).toEqual({
      name: 'team/begun',
      tags: [],
    });
  });

  it('is unknown where there is no repository', async () => {
    const { body } = await get('/v2/team/none/tags/list').expect(404);
    expect(body.errors[0].code).toBe('NAME_UNKNOWN');
  });

  it('is never longer than a thousand', async () => {
    const repository = await world.repository('team/many').catch(async () => {
      await world.organization('team');
      return world.repository('team/many');
    });
    const image = randomImage();
    await client.push('team/many', image);
    await world.sql(
      `INSERT INTO tags (repository_id, name, manifest_id) SELECT $1, 't' || n, m.id
       FROM generate_series(1, 2500) n, manifests m WHERE m.repository_id = $1`,
      [repository],
    );
    for (const query of ['', '?n=1000', '?n=5000']) {
      const pages = await pagesFrom(`/v2/team/many/tags/list${query}`);
      expect(pages.map(({ length }) => length)).toEqual([1000, 1000, 500]);
      expect(new Set(pages.flat()).size).toBe(2500);
    }
  });
});
