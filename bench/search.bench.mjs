// The search of pages and of `docker search` at the size of a large company:
// `npm run bench -- search [--repositories=100000] [--tags=10] [--rounds=10] [--record]`
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { importBuilt } from '../scripts/start/built-modules.mjs';
import { migrate } from '../scripts/start/database.mjs';
import { startPostgres } from '../scripts/start/embedded-postgres.mjs';
import { seedSearch } from './seed-search.mjs';

const LIMIT_MS = 50;
/** Tables of which a look from beginning to end costs more than a search may. */
const largeTables = ['repositories', 'repository_summaries', 'tags', 'manifests', 'search_words'];

/** What people look for: mostly names, some of them mistyped; words that are everywhere are looked for seldom. */
const searches = [
  ...[
    'redis',
    'postgres',
    'nginx',
    'grafana',
    'keycloak',
    'kafka',
    'vault',
    'traefik',
    'jenkins',
    'minio',
    'airflow',
    'debian',
  ].map((q) => ({ kind: 'a name', q })),
  ...['team-3/redis', 'team-12/app', 'person-7/web', 'team-40/'].map((q) => ({ kind: 'a full name', q })),
  ...['post', 'prom', 'elastic', 'gra', 'ke'].map((q) => ({ kind: 'a beginning', q })),
  ...['ngnix', 'postgers', 'grafna', 'kubernets', 'elasticsaerch'].map((q) => ({
    kind: 'a mistyped name',
    q,
  })),
  ...['web api', 'nginx proxy', 'postgres backup', 'payments worker'].map((q) => ({ kind: 'words', q })),
  ...['nginx 1.2', 'redis alpine', '3.14', 'latest'].map((q) => ({ kind: 'a tag', q })),
  ...['sql', 'zzzzz', '!?'].map((q) => ({ kind: 'an odd text', q })),
  { kind: 'everything', q: '' },
  { kind: 'everything', q: '', sort: 'updated' },
  { kind: 'everything', q: '', sort: 'pulls' },
  { kind: 'a filter', q: '', platform: 'linux/s390x' },
  { kind: 'a filter', q: '', namespace: 'team-3' },
  { kind: 'a name and filters', q: 'redis', platform: 'linux/arm64', type: 'image' },
  { kind: 'a frequent word', q: 'worker' },
  { kind: 'a frequent word', q: 'app' },
];

const people = { anonymous: undefined, 'a user': 'person-7', 'an admin': 'person-1' };

/** @param {string[]} options */
export async function bench(options) {
  const size = {
    repositories: numberOf(options, 'repositories', 100_000),
    tagsPerRepository: numberOf(options, 'tags', 10),
  };
  const directory = mkdtempSync(path.join(tmpdir(), 'berth-bench-'));
  const postgres = await startPostgres({ dataDirectory: path.join(directory, 'postgres'), durable: false });
  try {
    console.log(`Making ${size.repositories} repositories with ${size.tagsPerRepository} tags each …`);
    await migrate(postgres.url);
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    await seedSearch(client, size);
    await measure(client, postgres.url, directory, options);
    await client.end();
  } finally {
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** @param {import('pg').Client} client @param {string} url @param {string} directory @param {string[]} options */
async function measure(client, url, directory, options) {
  const { parseEnv } = await importBuilt('env.js');
  const { createApp } = await importBuilt('app.js');
  const { SearchService } = await importBuilt('search/search.service.js');
  const { searchQuerySchema } = await importBuilt('search/search.schema.js');
  const { env } = parseEnv({
    BERTH_DATABASE_URL: url,
    BERTH_DATA_DIR: directory,
    BERTH_LOG_LEVEL: 'fatal',
    BERTH_DATABASE_POOL_SIZE: '2',
  });
  const app = await createApp(env);
  await app.init();
  const statements = watchStatements();
  const before = await sequentialScans(client);
  /** @type {{ kind: string, milliseconds: number }[]} */
  const times = [];
  for (let round = 0; round <= numberOf(options, 'rounds', 10); round++) {
    for (const username of Object.values(people)) {
      const requester = await requesterOf(client, username);
      for (const { kind, ...query } of searches) {
        statements.length = 0;
        await app.get(SearchService).search(requester, searchQuerySchema.parse({ limit: '25', ...query }));
        const milliseconds = statements.reduce((sum, statement) => sum + statement.milliseconds, 0);
        if (round > 0) times.push({ kind, milliseconds }); // the first round fills caches
      }
    }
  }
  const after = await sequentialScans(client);
  if (options.includes('--record'))
    await recordPlans(app, client, SearchService, searchQuerySchema, statements);
  await app.close();
  report(
    times,
    largeTables.filter((table) => after.get(table) !== before.get(table)),
  );
}

/** @param {{ kind: string, milliseconds: number }[]} times @param {string[]} scanned */
function report(times, scanned) {
  const kinds = [...new Set(times.map(({ kind }) => kind))];
  const row = (/** @type {string} */ name, /** @type {typeof times} */ of) => ({
    search: name,
    'p50 ms': quantile(of, 0.5),
    'p95 ms': quantile(of, 0.95),
    'longest ms': quantile(of, 1),
    searches: of.length,
  });
  console.table([
    ...kinds.map((kind) =>
      row(
        kind,
        times.filter((time) => time.kind === kind),
      ),
    ),
    row('all', times),
  ]);
  const p95 = quantile(times, 0.95);
  console.log(`p95 in the database: ${p95} ms (${p95 < LIMIT_MS ? 'under' : 'over'} ${LIMIT_MS} ms)`);
  console.log(`sequential scans: ${scanned.length === 0 ? 'none' : scanned.join(', ')}`);
  if (p95 >= LIMIT_MS || scanned.length > 0) process.exitCode = 1;
}

/** @param {{ milliseconds: number }[]} times @param {number} share */
function quantile(times, share) {
  const sorted = times.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return Math.round((sorted[Math.ceil(share * sorted.length) - 1] ?? 0) * 10) / 10;
}

/** Every statement that is sent from now on, with its values and how long its answer took. */
function watchStatements() {
  /** @type {{ text: string, values: unknown[], milliseconds: number }[]} */
  const statements = [];
  const original = pg.Client.prototype.query;
  pg.Client.prototype.query = function (...args) {
    const [query] = /** @type {[{ text?: string, values?: unknown[] }]} */ (/** @type {unknown} */ (args));
    const callback = args.at(-1);
    const begin = performance.now();
    const done = () =>
      statements.push({
        text: query.text ?? '',
        values: query.values ?? [],
        milliseconds: performance.now() - begin,
      });
    if (typeof callback === 'function') {
      args[args.length - 1] = (/** @type {unknown[]} */ ...results) => {
        done();
        /** @type {(...results: unknown[]) => void} */ (/** @type {unknown} */ (callback))(...results);
      };
    }
    return Reflect.apply(original, this, args);
  };
  return statements;
}

/** @param {import('pg').Client} client @param {string | undefined} username */
async function requesterOf(client, username) {
  if (username === undefined) return { credential: { kind: 'anonymous' }, presented: 'none', address: '' };
  const { rows } = await client.query('SELECT id, credentials_version FROM users WHERE username = $1', [
    username,
  ]);
  const credential = { kind: 'user', id: rows[0].id, version: rows[0].credentials_version };
  return { credential, presented: 'basic', address: '' };
}

/** @param {import('pg').Client} client @returns {Promise<Map<string, number>>} */
async function sequentialScans(client) {
  await client.query('SELECT pg_stat_force_next_flush(), pg_sleep(1.5)');
  const { rows } = await client.query('SELECT relname, seq_scan FROM pg_stat_user_tables');
  return new Map(rows.map(({ relname, seq_scan }) => [relname, Number(seq_scan)]));
}

async function recordPlans(app, client, SearchService, searchQuerySchema, statements) {
  const plans = [];
  for (const query of [{ q: 'redis' }, { q: 'ngnix' }, { q: 'app' }, { q: '' }]) {
    statements.length = 0;
    await app
      .get(SearchService)
      .search(await requesterOf(client, 'person-7'), searchQuerySchema.parse(query));
    for (const { text, values } of [...statements].filter((statement) =>
      statement.text.includes('given AS'),
    )) {
      const { rows } = await client.query(
        `EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, BUFFERS OFF, COSTS OFF) ${text}`,
        values,
      );
      const lines = rows
        .map((row) => row['QUERY PLAN'])
        .filter((line) => !/One-Time Filter: \(\(CASE|Storage:/.test(line));
      plans.push(`# ${query.q === '' ? 'everything' : query.q}\n${lines.join('\n')}\n`);
    }
  }
  writeFileSync(path.join(import.meta.dirname, 'search-plans.txt'), plans.join('\n'));
}

/** @param {string[]} options @param {string} name @param {number} byDefault */
function numberOf(options, name, byDefault) {
  const option = options.find((text) => text.startsWith(`--${name}=`));
  return option === undefined ? byDefault : Number(option.slice(name.length + 3));
}
