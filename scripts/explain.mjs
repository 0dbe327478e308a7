// `npm run explain`: writes docs/queries.md, the plans of the queries behind the hottest requests, as Postgres runs
// them on a large throw-away database.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { captureStatements } from './explain/capture.mjs';
import { seed, sizes } from './explain/seed.mjs';
import { build } from './start/build.mjs';
import { importBuilt } from './start/built-modules.mjs';
import { startPostgres } from './start/embedded-postgres.mjs';
import { freePort } from './start/ports.mjs';
import { root } from './start/root.mjs';

/** What is asked of the app, by the names of the page. */
const requests = {
  'GET manifest by tag': '/v2/org77/app77/manifests/v3',
  'GET manifest by digest': `/v2/org77/app77/manifests/${digestOf('manifest', 773)}`,
  'HEAD blob': `/v2/org77/app77/blobs/${digestOf('blob', 77)}`,
  'List tags': '/v2/org77/app77/tags/list?n=100',
  'List referrers': `/v2/org77/app77/referrers/${digestOf('manifest', 773)}`,
  'Catalog, a page in the middle': '/v2/_catalog?n=100&last=org5/app50',
  'docker search': '/v1/search?q=app777&n=25',
};

const directory = mkdtempSync(path.join(tmpdir(), 'berth-explain-'));
chmodSync(directory, 0o755);
await build();
const postgres = await startPostgres({ dataDirectory: path.join(directory, 'postgres'), durable: false });
try {
  const { migrate } = await importBuilt('migrate.js');
  await migrate(postgres.url);
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  try {
    await seed(client);
    const statements = await statementsOf(postgres.url);
    const sections = [];
    for (const [name, statement] of statements) sections.push(await section(client, name, statement));
    writeFileSync(path.join(root, 'docs', 'queries.md'), page(sections));
  } finally {
    await client.end(); // an error of ours would be hidden by that of a connection whose server stops
  }
} finally {
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
}
process.exit();

/** @param {string} url */
async function statementsOf(url) {
  const { createApp } = await importBuilt('app.js');
  const { parseEnv } = await importBuilt('env.js');
  const port = await freePort();
  const { env } = parseEnv({
    BERTH_DATABASE_URL: url,
    BERTH_DATA_DIR: directory,
    BERTH_PORT: String(port),
    BERTH_LOG_LEVEL: 'fatal',
    BERTH_JOBS: 'off',
  });
  const app = await createApp(env);
  await app.listen(port, '127.0.0.1');
  const base = `http://127.0.0.1:${port}`;
  const answer = await fetch(`${base}/token?scope=registry:catalog:*`);
  const { token } = /** @type {{ token: string }} */ (await answer.json());
  /** @type {[string, import('./explain/capture.mjs').Statement][]} */
  const found = [];
  for (const [name, address] of Object.entries(requests)) {
    const headers = address.includes('_catalog') ? { authorization: `Bearer ${token}` } : {};
    const method = name.startsWith('HEAD') ? 'HEAD' : 'GET';
    const statements = await captureStatements(() =>
      fetch(base + address, { method, headers }).then((r) => r.text()),
    );
    if (statements.length !== 1 || !statements[0])
      throw new Error(`${name} sent ${statements.length} statements`);
    found.push([name, statements[0]]);
  }
  await app.close();
  return found;
}

/**
 * A prepared statement with the one plan that it keeps, another one with that for its values.
 *
 * @param {pg.Client} client @param {string} title @param {import('./explain/capture.mjs').Statement} statement
 */
async function section(client, title, { text, values, name }) {
  await client.query(`SET plan_cache_mode = ${name ? 'force_generic_plan' : 'auto'}`);
  const explain = `EXPLAIN (ANALYZE, BUFFERS, COSTS OFF, TIMING OFF, SUMMARY ON) ${text}`;
  await client.query(explain, values); // the first one reads the catalogues
  const { rows } = await client.query(explain, values);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  return `## ${title}\n\n\`\`\`\n${plan}\n\`\`\`\n`;
}

/** @param {string[]} sections */
function page(sections) {
  return [
    '# Plans of the hot queries',
    '',
    `Recorded by \`npm run explain\` on ${sizes.repositories.toLocaleString('en')} repositories of ${sizes.organizations.toLocaleString('en')} organizations with`,
    `${sizes.manifests.toLocaleString('en')} manifests, as many tags, and ${sizes.blobs.toLocaleString('en')} blobs (the repository asked for has ${sizes.tagsOfOne.toLocaleString('en')} tags), beside`,
    `${sizes.accounts.toLocaleString('en')} accounts with an access token, a session and a robot each; asked by an anonymous client.`,
    'Every table that grows is reached by an index; times are of one run on a small machine. The plans of searches, at',
    'five times the size, are in [search-speed.md](search-speed.md).',
    '',
    ...sections,
  ].join('\n');
}

/** The digest that `seed` gave. @param {string} kind @param {number} number */
function digestOf(kind, number) {
  return `sha256:${kind === 'blob' ? 'b' : 'a'}${String(number).padStart(63, '0')}`;
}
