// Whether much that is stored slows down what is asked: `npm run bench -- scale` [--small] [--rounds=3] [--seconds=3] [--record]
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { StartFailure } from '../scripts/start/failure.mjs';
import { root } from '../scripts/start/root.mjs';
import { findTool } from '../scripts/tools/tools.mjs';
import { onInterrupt } from './registries/interrupts.mjs';
import { writePage } from './registries/page.mjs';
import { describeRun, mergeRecords, readRecords, writeRecords } from './registries/records.mjs';
import { markdownTable, median } from './registries/report.mjs';
import { startBerth } from './registries/servers.mjs';
import { verdict } from './registries/studies/verdict.mjs';
import { pushOne, REPOSITORY, works } from './scale/works.mjs';
import { companySizes, seedCompany } from './seed/company.mjs';

const MOST_TIMES = 1.3;

/** @typedef {import('./scale/works.mjs').Target} Target */
/** @typedef {{ small: number[], large: number[] }} Rates */

/** @param {string[]} options */
export async function bench(options) {
  if (findTool('wrk') === null) throw new StartFailure('The bench needs wrk: apt-get install wrk');
  const isSmall = options.includes('--small');
  const wanted = {
    rounds: numberOf(options, 'rounds', 3),
    seconds: numberOf(options, 'seconds', isSmall ? 1 : 3),
    isQuick: isSmall,
  };
  const size = companySizes[isSmall ? 'small' : 'large'];
  console.log(
    `This takes about ${isSmall ? 2 : 10} minutes on two idle processors, longer beside other work.`,
  );
  const directory = mkdtempSync(path.join(process.env.BERTH_BENCH_DIR ?? tmpdir(), 'berth-bench-'));
  chmodSync(directory, 0o755); // else Berth as root keeps its database elsewhere, where nobody removes it
  onInterrupt(() => rmSync(directory, { recursive: true, force: true }));
  /** @type {import('./registries/servers.mjs').Server[]} */
  const servers = [];
  try {
    const small = await startFilled(path.join(directory, 'small'), companySizes.small, servers);
    const large = await startFilled(path.join(directory, 'large'), size, servers);
    const rates = await measure({ small, large }, wanted);
    report(rates, size, wanted, options.includes('--record'));
  } finally {
    for (const server of servers) await server.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** @param {string} directory @param {import('./seed/company.mjs').CompanySize} size @param {import('./registries/servers.mjs').Server[]} servers */
async function startFilled(directory, size, servers) {
  mkdirSync(directory);
  const server = await startBerth(directory);
  servers.push(server);
  await pushOne(await server.pusher(REPOSITORY), 'latest');
  const postgres = path.join(directory, 'berth', 'postgres');
  const read = (/** @type {string} */ name) => readFileSync(path.join(postgres, name), 'utf8').trim();
  const client = new pg.Client({
    connectionString: `postgres://berth:${read('password')}@127.0.0.1:${read('port')}/berth`,
  });
  await client.connect();
  const began = performance.now();
  try {
    await seedCompany(client, size, REPOSITORY);
  } finally {
    await client.end();
  }
  const count = (/** @type {number} */ number) => number.toLocaleString('en');
  console.log(
    `${count(size.repositories)} repositories, ${count(size.repositories * size.tagsPerRepository + size.tagsOfOne)} tags, ` +
      `${count(size.links)} links of blobs: made in ${Math.round((performance.now() - began) / 1000)} s`,
  );
  return server;
}

/** In turn, so that what else the machine does meets both alike. @param {Record<'small' | 'large', import('./registries/servers.mjs').Server>} servers @param {{ rounds: number, seconds: number }} plan */
async function measure(servers, { rounds, seconds }) {
  /** @type {Map<string, Rates>} */
  const rates = new Map(works.map(({ id }) => [id, { small: [], large: [] }]));
  for (const { id, run } of works) {
    for (let round = -1; round < rounds; round++) {
      for (const which of /** @type {const} */ (['small', 'large'])) {
        const rate = await run(await targetOf(servers[which], round < 0 ? 1 : seconds));
        if (round < 0) continue; // fills caches
        rates.get(id)?.[which].push(rate);
        console.log(`${id.padEnd(10)} ${which}: ${rate.toFixed(1)}/s`);
      }
    }
  }
  return rates;
}

/** @param {import('./registries/servers.mjs').Server} server @param {number} seconds @returns {Promise<Target>} */
async function targetOf(server, seconds) {
  const [member] = server.readers;
  if (!member) throw new Error('there is nobody who reads');
  return {
    server,
    seconds,
    member: await member.headers(REPOSITORY),
    catalog: (await server.readCatalog?.()) ?? {},
  };
}

/** @param {Map<string, Rates>} rates @param {import('./seed/company.mjs').CompanySize} size @param {{ rounds: number, seconds: number, isQuick: boolean }} wanted @param {boolean} isRecorded */
function report(rates, size, wanted, isRecorded) {
  const found = works.map(({ id, title }) => {
    const { small = [], large = [] } = rates.get(id) ?? {};
    return { title, small: median(small), large: median(large), times: median(small) / median(large) };
  });
  const count = (/** @type {number} */ number) => number.toLocaleString('en');
  const finding = {
    id: 'scale',
    title: `With ${count(size.repositories)} repositories, ${count(size.tagsOfOne)} tags in one of them, ${count(size.links)} links of blobs`,
    columns: [
      'work, 4 clients',
      `with ${count(companySizes.small.repositories)} repositories`,
      'with all',
      'times as long',
    ],
    lines: found.map(({ title, small, large, times }) => [
      title,
      `${small.toFixed(1)}/s`,
      `${large.toFixed(1)}/s`,
      `${times.toFixed(2)} ×`,
    ]),
    verdicts: found.map(({ title, times }) =>
      verdict(`${title}: ${times.toFixed(2)} ×`, `at most ${MOST_TIMES} ×`, times <= MOST_TIMES),
    ),
  };
  console.log(`\n${markdownTable([finding.columns, finding.columns.map(() => '---:'), ...finding.lines])}`);
  console.log(finding.verdicts.join('\n'));
  const results = path.join(root, 'results');
  mkdirSync(results, { recursive: true });
  writeFileSync(
    path.join(results, 'bench-scale.json'),
    `${JSON.stringify({ wanted, finding, rates: [...rates] }, null, 2)}\n`,
  );
  if (!isRecorded) return;
  const records = mergeRecords(readRecords(), { rows: [], studies: [finding] }, describeRun(wanted));
  writeRecords(records);
  writePage(records);
}

/** @param {string[]} options @param {string} name @param {number} byDefault */
function numberOf(options, name, byDefault) {
  const option = options.find((text) => text.startsWith(`--${name}=`));
  return option === undefined ? byDefault : Number(option.slice(name.length + 3));
}
