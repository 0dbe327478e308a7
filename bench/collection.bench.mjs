// Collections at the size of a large registry: `npm run bench -- collection [--blobs=1000000]`
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { importBuilt } from '../scripts/start/built-modules.mjs';
import { migrate } from '../scripts/start/database.mjs';
import { startPostgres } from '../scripts/start/embedded-postgres.mjs';
import { seedBlobs } from './seed-blobs.mjs';

const LIMITS = { run: 30_000, statement: 1000, lock: 100 };

/** @param {string[]} options */
export async function bench(options) {
  const blobs = Number(
    options.map((option) => /^--blobs=(\d+)$/.exec(option)?.[1]).find(Boolean) ?? 1_000_000,
  );
  const directory = mkdtempSync(path.join(tmpdir(), 'berth-bench-'));
  const postgres = await startPostgres({ dataDirectory: path.join(directory, 'postgres'), durable: false });
  try {
    await migrate(postgres.url);
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    console.log(`Making ${blobs} blobs …`);
    await seedBlobs(client, blobs);
    await measure(client, postgres.url, directory);
    await client.end();
  } finally {
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** @param {import('pg').Client} client @param {string} url @param {string} directory */
async function measure(client, url, directory) {
  const { parseEnv } = await importBuilt('env.js');
  const { createApp } = await importBuilt('app.js');
  const { Collector } = await importBuilt('garbage-collection/collector.js');
  const { env } = parseEnv({
    BERTH_DATABASE_URL: url,
    BERTH_DATA_DIR: directory,
    BERTH_LOG_LEVEL: 'fatal',
    BERTH_JOBS: 'off',
  });
  const app = await createApp(env);
  await app.init();
  const collector = app.get(Collector, { strict: false });
  const watch = watchConnections();
  const run = { signal: new AbortController().signal, report: () => {} };
  /** @param {string} what @param {{ graceSeconds: number, isDryRun: boolean }} order */
  const collect = async (what, order) => {
    watch.reset();
    const began = performance.now();
    const { links, blobs } = await collector.collect(order, run);
    const took = performance.now() - began;
    const { statement, transaction } = watch.longest();
    console.log(
      `${what.padEnd(44)} ${took.toFixed(0).padStart(7)} ms, longest statement ${statement.toFixed(0).padStart(4)} ms, ` +
        `longest transaction ${transaction.toFixed(0).padStart(4)} ms, ${links} links, ${blobs} blobs`,
    );
    if (took > LIMITS.run || statement > LIMITS.statement || transaction > LIMITS.lock) process.exitCode = 1;
  };
  const order = { graceSeconds: 3600, isDryRun: false };
  await collect('every link looked at, nothing found', order);
  await collect('nothing to look at', order);
  // The worst that can become of the links: all that is needed has to be looked at again.
  await client.query(
    `INSERT INTO link_checks (repository_id, blob_id) SELECT repository_id, blob_id FROM repository_blobs`,
  );
  await client.query('ANALYZE link_checks');
  await collect('a dry run that looks at every link', { ...order, isDryRun: true });
  await client.query(`
    DELETE FROM manifest_references WHERE manifest_id IN (SELECT id FROM manifests ORDER BY id LIMIT 1000)`);
  await collect('what 1,000 manifests needed', order);
  await app.close();
}

/** How long statements and transactions of this process take, seen from its connections. */
function watchConnections() {
  const longest = { statement: 0, transaction: 0 };
  const prototype = /** @type {any} */ (pg.Client.prototype);
  const original = prototype.query;
  /** @type {WeakMap<object, number>} */
  const begun = new WeakMap();
  prototype.query = function (/** @type {unknown[]} */ ...args) {
    const began = performance.now();
    const text = typeof args[0] === 'string' ? args[0] : /** @type {{ text?: string }} */ (args[0])?.text;
    if (text === 'BEGIN') begun.set(this, began);
    const note = () => {
      const now = performance.now();
      longest.statement = Math.max(longest.statement, now - began);
      const start = begun.get(this);
      if ((text === 'COMMIT' || text === 'ROLLBACK') && start !== undefined) {
        longest.transaction = Math.max(longest.transaction, now - start);
        begun.delete(this);
      }
    };
    const last = args.at(-1);
    if (typeof last === 'function') {
      args[args.length - 1] = (/** @type {unknown[]} */ ...results) => {
        note();
        last(...results);
      };
      return original.apply(this, args);
    }
    const answer = original.apply(this, args);
    answer?.then?.(note, note);
    return answer;
  };
  return {
    longest: () => ({ ...longest }),
    reset: () => Object.assign(longest, { statement: 0, transaction: 0 }),
  };
}
