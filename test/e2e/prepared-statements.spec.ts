import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../apps/registry-api/src/database/database.js';
import { startApp, type TestApp } from '../support/app.js';
import { bearer } from '../support/authorization.js';
import { indexOf, randomBlob, randomImage } from '../support/images.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

/** Postgres makes a plan for the values of each of the first five runs of a prepared statement. */
const CUSTOM_PLANS = 5;
const RUNS = 20;

let app: TestApp;
let world: World;
let alice: Credentials;

beforeAll(async () => {
  app = await startApp({ env: { BERTH_DATABASE_POOL_SIZE: '2' } });
  world = await World.open(app.databaseUrl);
  alice = await world.user('alice');
});
afterAll(async () => {
  await world.close();
  await app.close();
});

describe('prepared statements', () => {
  it('of pulls and pushes are planned once, not for every request', async () => {
    const client = new RegistryClient({ url: app.url, credentials: alice });
    const authorization = await bearer(
      app.url,
      ['repository:alice/app:pull,push', 'registry:catalog:*'],
      alice,
    );
    for (let run = 0; run < RUNS; run++) {
      const image = randomImage();
      await client.push('alice/app', indexOf([image]), `v${run}`);
      for (const path of [
        `alice/app/manifests/v${run}`,
        `alice/app/manifests/${image.digest}`,
        `alice/app/blobs/${image.blobs[0]!.digest}`,
        'alice/app/tags/list',
        'alice/app/tags/list?n=2&last=v1',
        `alice/app/referrers/${image.digest}`,
        '_catalog',
      ]) {
        const response = await fetch(`${app.url}/v2/${path}`, { headers: { authorization } });
        expect(response.status, path).toBe(200);
        await response.arrayBuffer();
      }
      const mount = `alice/app/blobs/uploads/?mount=${image.blobs[0]!.digest}&from=alice/app`;
      await fetch(`${app.url}/v2/${mount}`, { method: 'POST', headers: { authorization } });
      await client.pushBlob('alice/app', randomBlob());
    }
    const planned = await plannedStatements(app);
    expect(planned.length).toBeGreaterThan(10);
    expect(planned.filter(({ custom_plans }) => Number(custom_plans) > CUSTOM_PLANS)).toEqual([]);
  });

  it('of pulls and uploads read single rows by an index also when they are planned on an empty database', async () => {
    const young = await startApp();
    const database = young.nest.get(Database);
    const client = new RegistryClient({ url: young.url, credentials: young.admin });
    const image = randomImage();
    await client.push('admin/app', image, 'v1');
    await client.pullManifest('admin/app', 'v1');
    await client.pullBlob('admin/app', image.blobs[0]!.digest);
    const statements = await database.query<{ name: string; statement: string }>(
      `SELECT name, statement FROM pg_prepared_statements WHERE name ~ '^(access|[a-z]+-look-up) ' ORDER BY name`,
    );
    expect(statements.length).toBeGreaterThan(3);
    for (const { name, statement } of statements) {
      const [row] = await database.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
        `EXPLAIN (GENERIC_PLAN, FORMAT JSON) ${statement}`,
      );
      expect(wholeReads(row!['QUERY PLAN'][0].Plan), name).toEqual([]);
    }
    await young.close();
  });

  it('are planned once for a list of many tags too', async () => {
    await new RegistryClient({ url: app.url, credentials: alice }).push('alice/many', randomImage(), 'v0');
    await world.sql(
      `INSERT INTO tags (repository_id, name, manifest_id)
       SELECT repository_id, 'tag-' || n, manifest_id FROM tags JOIN repositories ON repositories.id = repository_id
       CROSS JOIN generate_series(1, 10000) n WHERE repositories.name = 'alice/many'`,
    );
    await world.sql('ANALYZE tags');
    const replica = await startApp({ replicaOf: app, env: { BERTH_DATABASE_POOL_SIZE: '2' } });
    const authorization = await bearer(replica.url, ['repository:alice/many:pull'], alice);
    for (let run = 0; run < RUNS; run++) {
      const page = await fetch(`${replica.url}/v2/alice/many/tags/list?n=100`, {
        headers: { authorization },
      });
      expect(await page.json()).toMatchObject({ tags: { length: 100 } });
    }
    const lists = (await plannedStatements(replica)).filter(({ name }) => name.startsWith('tag-list '));
    expect(lists).toHaveLength(1);
    expect(lists.filter(({ custom_plans }) => Number(custom_plans) > CUSTOM_PLANS)).toEqual([]);
    await replica.close();
  });
});

/** What grows with every push. */
const GROWING = new Set(['repositories', 'blobs', 'repository_blobs', 'manifests', 'tags', 'uploads']);

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly PlanNode[];
}

/** Nodes that read a growing table, or its index, from one end to the other. */
function wholeReads(node: PlanNode): PlanNode[] {
  const isWhole = GROWING.has(node['Relation Name'] ?? '') && node['Index Cond'] === undefined;
  return [...(isWhole ? [node] : []), ...(node.Plans ?? []).flatMap(wholeReads)];
}

function plannedStatements({
  nest,
}: TestApp): Promise<{ name: string; generic_plans: string; custom_plans: string }[]> {
  return nest
    .get(Database)
    .query('SELECT name, generic_plans, custom_plans FROM pg_prepared_statements ORDER BY name');
}
