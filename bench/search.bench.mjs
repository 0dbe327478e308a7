// The search of the pages and of `docker search` at the size of a large company:
// `npm run bench -- search` [--repositories=100000] [--tags=10] [--rounds=10] [--record]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { migrate } from '../scripts/start/database.mjs';
import { startPostgres } from '../scripts/start/embedded-postgres.mjs';
import { root } from '../scripts/start/root.mjs';
import { openSearch } from './search/app.mjs';
import { writePage } from './search/page.mjs';
import { people, searches } from './search/questions.mjs';
import { quantile, rowsOf, tableOf } from './search/report.mjs';
import { countScans, scannedSince } from './search/scans.mjs';
import { seedSearch } from './search/seed.mjs';

/** @typedef {import('./search/report.mjs').Measurement} Measurement */

const LIMIT_MILLISECONDS = 50;

/** @param {string[]} options */
export async function bench(options) {
  const size = {
    repositories: numberOf(options, 'repositories', 100_000),
    tagsPerRepository: numberOf(options, 'tags', 10),
  };
  const directory = mkdtempSync(path.join(tmpdir(), 'berth-bench-'));
  const postgres = await startPostgres({ dataDirectory: path.join(directory, 'postgres'), durable: false });
  try {
    const count = (/** @type {number} */ number) => number.toLocaleString('en');
    console.log(
      `Making ${count(size.repositories)} repositories with ${count(size.repositories * size.tagsPerRepository)} tags …`,
    );
    await migrate(postgres.url);
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    await seedSearch(client, size);
    await measure(client, { url: postgres.url, directory, size, options });
    await client.end();
  } finally {
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

/**
 * @param {import('pg').Client} client
 * @param {{ url: string, directory: string, size: import('./search/seed.mjs').Size, options: string[] }} run
 */
async function measure(client, { url, directory, size, options }) {
  const search = await openSearch(client, url, directory);
  const before = await countScans(client);
  /** @type {Measurement[]} */
  const measurements = [];
  for (let round = 0; round <= numberOf(options, 'rounds', 10); round++) {
    for (const username of Object.values(people)) {
      for (const { kind, ...query } of searches) {
        const statements = await search.run(username, query);
        if (round === 0) continue; // fills caches
        measurements.push({
          kind,
          milliseconds: sum(statements.map((statement) => statement.milliseconds)),
          processorMilliseconds: sum(statements.map((statement) => statement.processorMilliseconds)),
        });
      }
    }
  }
  const scanned = await scannedSince(client, before);
  const rows = rowsOf(measurements);
  console.log(tableOf(rows));
  const p95 = quantile(measurements, 'milliseconds', 0.95);
  console.log(
    `p95 in the database: ${p95} ms (${p95 < LIMIT_MILLISECONDS ? 'under' : 'over'} ${LIMIT_MILLISECONDS} ms), ` +
      `of which the processor was busy ${quantile(measurements, 'processorMilliseconds', 0.95)} ms`,
  );
  console.log(`sequential scans: ${scanned.length === 0 ? 'none' : scanned.join(', ')}`);
  const results = path.join(root, 'results');
  mkdirSync(results, { recursive: true });
  writeFileSync(
    path.join(results, 'bench-search.json'),
    `${JSON.stringify({ size, rows, scanned }, null, 2)}\n`,
  );
  if (options.includes('--record')) writePage({ size, rows, scanned, plans: await search.plans() });
  await search.close();
  if (p95 >= LIMIT_MILLISECONDS || scanned.length > 0) process.exitCode = 1;
}

/** @param {readonly number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

/** @param {string[]} options @param {string} name @param {number} byDefault */
function numberOf(options, name, byDefault) {
  const option = options.find((text) => text.startsWith(`--${name}=`));
  return option === undefined ? byDefault : Number(option.slice(name.length + 3));
}
