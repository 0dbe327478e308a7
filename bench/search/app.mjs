import { importBuilt } from '../../scripts/start/built-modules.mjs';
import { recorded } from './questions.mjs';
import { watchStatements } from './statements.mjs';

/** @typedef {import('./statements.mjs').Statement} Statement */
/** @typedef {{ title: string, plan: string }} RecordedPlan */

/** Lines that tell nothing about how a search is run: who may see what is decided before, in the same way each time. */
const SETTING_UP = /Storage:|One-Time Filter: \(\(CASE|Index Searches:|Batches:/;
const LONGEST_LINE = 180;

/**
 * Berth's search over a filled database, asked as the API asks it.
 *
 * @param {import('pg').Client} client @param {string} url @param {string} directory
 */
export async function openSearch(client, url, directory) {
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

  /** @param {string | undefined} username @param {object} query @returns {Promise<Statement[]>} */
  async function run(username, query) {
    const requester = await requesterOf(client, username);
    statements.length = 0;
    await app.get(SearchService).search(requester, searchQuerySchema.parse({ limit: '25', ...query }));
    return [...statements];
  }

  /** How Postgres runs some searches of a user's. @returns {Promise<RecordedPlan[]>} */
  async function plans() {
    const found = [];
    for (const { title, ...query } of recorded) {
      const sent = (await run('person-7', query)).filter(({ text }) => text.includes('given AS'));
      for (const [index, { text, values }] of sent.entries()) {
        const explain = `EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, BUFFERS OFF, COSTS OFF) ${text}`;
        const { rows } = await client.query(explain, values);
        const lines = rows.map((row) => String(row['QUERY PLAN'])).filter((line) => !SETTING_UP.test(line));
        const plan = lines.map((line) =>
          line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line,
        );
        found.push({ title: index === 0 ? title : `${title}, the second statement`, plan: plan.join('\n') });
      }
    }
    return found;
  }

  return { run, plans, close: () => app.close() };
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
