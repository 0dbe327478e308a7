import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { World } from '../support/world.js';

interface Found {
  items: { name: string }[];
  nextCursor?: string;
  total: number | '1000+';
  facets: Record<string, { value: string; count: number | '1000+' }[]>;
}

const MANY = 8200;
/** Of so many matches by relevance a broad search shows the best. */
const BEST = 400;

/** Where too much matches to look at everything: a sample, the best by index, and counts of what is rare. */
describe('search where very much matches', () => {
  let app: TestApp;
  let world: World;
  let alice: Api;
  let stranger: Api;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    for (const name of ['alice', 'stranger']) await world.user(name);
    await world.organization('many');
    alice = apiOf(app, await world.accessToken('alice'));
    stranger = apiOf(app, await world.accessToken('stranger'));
    await fill('many', `'bulk-' || n`, 'public', MANY);
    await fill('alice', `'bulk-secret-' || n`, 'private', 30);
    await fill('alice', `'bulk'`, 'public', 1);
    await world.sql(
      `UPDATE repositories SET popularity = popularity - 100 WHERE name = 'alice/bulk' OR name LIKE 'alice/bulk-secret-%'`,
    );
    await world.sql('ANALYZE');
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  const fill = (namespace: string, lastComponent: string, visibility: string, count: number) =>
    world.sql(
      `WITH made AS (
         INSERT INTO repositories (namespace_id, name, visibility, platforms, artifact_kinds, popularity)
         SELECT id, name || '/' || ${lastComponent}, $2,
           ARRAY['linux/amd64'] || CASE WHEN n % 100 = 1 THEN ARRAY['linux/s390x'] ELSE '{}' END, ARRAY['image'],
           popularity((n * 7919 % 1000)::bigint, now() - n * interval '1 day')
         FROM namespaces, generate_series(1, $3::int) n WHERE name = $1
         RETURNING id, name
       )
       INSERT INTO repository_summaries (repository_id, pull_count, active_at)
       SELECT id, id * 7919 % 1000, now() - id * interval '1 minute' FROM made`,
      [namespace, visibility, count],
    );

  const search = async (query: string, as = stranger): Promise<Found> =>
    (await as.get(`/search?${query}`).expect(200)).body;
  const countOf = ({ facets }: Found, facet: string, value: string) =>
    facets[facet]?.find((entry) => entry.value === value)?.count;

  async function pagesOf(query: string): Promise<string[]> {
    const names: string[] = [];
    let cursor = '';
    do {
      const page = await search(`${query}&limit=100${cursor}`);
      names.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor === undefined ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor !== '' && names.length < 1200);
    return names;
  }

  it.each(['', 'bulk'])('counts %j to 1,000, and exactly what is rare', async (q) => {
    for (const [as, secret] of [
      [stranger, 0],
      [alice, 30],
    ] as const) {
      const found = await search(`q=${q}`, as);
      expect(found.total).toBe('1000+');
      expect(countOf(found, 'platforms', 'linux/amd64')).toBe('1000+');
      expect(countOf(found, 'platforms', 'linux/s390x')).toBe(MANY / 100 + 1 + (secret > 0 ? 1 : 0));
      expect(countOf(found, 'types', 'image')).toBe('1000+');
      expect(countOf(found, 'namespaces', 'many')).toBe('1000+');
      expect(countOf(found, 'visibilities', 'public')).toBe('1000+');
    }
  });

  it('pages without gap or repetition, each in its order', async () => {
    const orders = {
      updated: 'summary.active_at DESC, id DESC',
      name: 'name',
      pulls: 'summary.pull_count DESC, id DESC',
      relevance: 'repository.popularity DESC, id DESC',
    };
    for (const [sort, order] of Object.entries(orders)) {
      const rows = await world.sql<{ name: string }>(
        `SELECT name FROM repositories repository JOIN repository_summaries summary ON repository_id = id
         WHERE visibility = 'public' ORDER BY ${order} LIMIT 1200`,
      );
      expect(await pagesOf(`q=&sort=${sort}`)).toEqual(rows.map(({ name }) => name));
    }
    const byName = await pagesOf('q=bulk&sort=name');
    expect(byName).toEqual([...new Set(byName)].toSorted());
    expect(byName).toHaveLength(1200);
  });

  it('has the exact last component first, then the most popular, the best of them by relevance', async () => {
    const names = await pagesOf('q=bulk');
    expect(names[0]).toBe('alice/bulk');
    expect(names).toHaveLength(BEST);
    const first = await world.sql(
      `SELECT name FROM repositories WHERE name LIKE 'many/%' ORDER BY popularity DESC, id DESC LIMIT 3`,
    );
    expect(names.slice(1, 4)).toEqual(first.map(({ name }) => name));
  });

  it('is the same for docker search', async () => {
    const { body } = await stranger.get('/search?q=bulk&limit=25').expect(200);
    const docker = await fetch(`${app.url}/v1/search?q=bulk&n=25`);
    const { results, num_results } = (await docker.json()) as {
      results: { name: string }[];
      num_results: number;
    };
    expect(results.map(({ name }) => name)).toEqual(body.items.map(({ name }: { name: string }) => name));
    expect(num_results).toBe(1000);
  });

  it('is two round trips', async () => {
    await search('q=', alice);
    for (const query of ['q=', 'q=bulk', 'q=&sort=updated']) {
      expect(await app.countSql(() => search(query, alice))).toHaveLength(2);
    }
  });
});
