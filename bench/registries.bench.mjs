// Berth beside other registries, in turn, on the same bytes: `npm run bench` [-- registries] [option …]
//   --rounds=3 --seconds=4 --only=hot-tag,push-1g --store=filesystem,s3 --peer=NAME=URL --quick --record
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { measureCeilings } from './registries/ceilings.mjs';
import { startObjectStore } from './registries/object-store.mjs';
import { writePage } from './registries/page.mjs';
import { memoryBytes, processorSeconds } from './registries/processes.mjs';
import { rowsOf, tableOf } from './registries/report.mjs';
import { makeContent, seed, sizes } from './registries/seed.mjs';
import { installedDistributions, runningPeer, startBerth, startDistribution } from './registries/servers.mjs';
import { workloads } from './registries/workloads.mjs';

/** @typedef {import('./registries/report.mjs').Measurement} Measurement */

/** @param {string[]} options */
export async function bench(options) {
  const wanted = readOptions(options);
  const directory = mkdtempSync(path.join(process.env.BERTH_BENCH_DIR ?? tmpdir(), 'berth-bench-'));
  try {
    const ceilings = await measureCeilings(wanted.seconds);
    console.log(
      `ceilings: ${Math.round(ceilings.answers)} answers/s, ${Math.round(ceilings.loopback)} MB/s over loopback, ${Math.round(ceilings.hash)} MB/s of sha256`,
    );
    const content = makeContent(directory, wanted.size);
    /** @type {Measurement[]} */
    const measurements = [];
    for (const store of wanted.stores)
      measurements.push(...(await compareOn(store, { directory, content, ...wanted })));
    const rows = rowsOf(measurements, workloads, ceilings);
    console.log(`\n${tableOf(rows)}`);
    const results = path.join(import.meta.dirname, '..', 'results');
    mkdirSync(results, { recursive: true });
    writeFileSync(path.join(results, 'bench.json'), `${JSON.stringify({ ceilings, rows }, null, 2)}\n`);
    if (wanted.isRecorded) writePage(rows, ceilings, wanted);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** @param {string[]} options */
function readOptions(options) {
  const given = (/** @type {string} */ name) =>
    options.find((text) => text.startsWith(`--${name}=`))?.slice(name.length + 3);
  const only = given('only')?.split(',');
  const isQuick = options.includes('--quick');
  const unknown = only?.find((id) => !workloads.some((workload) => workload.id === id));
  if (unknown)
    throw new Error(`There is no work "${unknown}": it is ${workloads.map(({ id }) => id).join(', ')}`);
  return {
    rounds: Number(given('rounds') ?? (isQuick ? 1 : 3)),
    seconds: Number(given('seconds') ?? (isQuick ? 1 : 4)),
    size: sizes[isQuick ? 'quick' : 'usual'],
    chosen: workloads.filter(({ id }) => !only || only.includes(id)),
    stores: given('store')?.split(',') ?? ['filesystem', 's3'],
    peers: options.filter((text) => text.startsWith('--peer=')).map((text) => text.slice('--peer='.length)),
    isRecorded: options.includes('--record'),
  };
}

/** @typedef {ReturnType<typeof readOptions> & { directory: string, content: import('./registries/seed.mjs').Content }} Plan */

/** @param {string} store @param {Plan} plan @returns {Promise<Measurement[]>} */
async function compareOn(store, plan) {
  const chosen = plan.chosen.filter(({ isObjectStore }) => store === 'filesystem' || isObjectStore);
  if (chosen.length === 0) return [];
  const directory = path.join(plan.directory, store);
  const objects = store === 's3' ? await startObjectStore(directory) : undefined;
  /** @type {import('./registries/servers.mjs').Server[]} */
  const servers = [];
  try {
    servers.push(await startBerth(directory, objects));
    for (const { name, program } of installedDistributions()) {
      servers.push(await startDistribution({ name, program, directory, store: objects }));
    }
    for (const peer of plan.peers) servers.push(runningPeer(...splitPeer(peer)));
    const targets = [];
    for (const server of servers) targets.push(...(await targetsOf(server, plan)));
    return await measure(store, chosen, targets, plan);
  } finally {
    for (const server of servers) await server.stop();
    await objects?.stop();
  }
}

/** @param {string} peer @returns {[string, string]} */
function splitPeer(peer) {
  const [name = '', ...url] = peer.split('=');
  if (name === '' || !URL.canParse(url.join('='))) throw new Error(`--peer=NAME=URL, not "${peer}"`);
  return [name, url.join('=')];
}

/** @param {import('./registries/servers.mjs').Server} server @param {Plan} plan */
async function targetsOf(server, plan) {
  const targets = [];
  for (const { label, repository, headers } of server.readers) {
    const began = performance.now();
    const seeded = await seed(server, repository, plan.content);
    console.log(`${server.name} (${label}) filled in ${Math.round((performance.now() - began) / 1000)} s`);
    targets.push({ server, label, repository, headers, seeded });
  }
  return targets;
}

/**
 * Each work on each registry in turn, round after round, so that what else the machine does meets all alike.
 *
 * @param {string} store @param {import('./registries/workloads.mjs').Workload[]} chosen
 * @param {Awaited<ReturnType<typeof targetsOf>>} targets @param {Plan} plan @returns {Promise<Measurement[]>}
 */
async function measure(store, chosen, targets, { rounds, seconds, size }) {
  /** @type {Map<string, Measurement>} */
  const measurements = new Map();
  for (const workload of chosen) {
    for (let round = 0; round < rounds; round++) {
      const first = round % targets.length;
      for (const target of [...targets.slice(first), ...targets.slice(0, first)]) {
        const { server, label, repository, seeded } = target;
        if (workload.isWrite && target !== targets.find((each) => each.server === server)) continue;
        const headers = await target.headers(repository(repositoryOf(workload.id)));
        const before = server.pid ? processorSeconds(server.pid) : 0;
        const result = await workload.run({
          server,
          url: server.url,
          headers,
          repository,
          seeded,
          seconds,
          size,
        });
        const key = `${workload.id} ${server.name} ${label}`;
        const known = measurements.get(key) ?? {
          store,
          workload: workload.id,
          server: server.name,
          reader: label,
          results: [],
          memoryBytes: 0,
          processorSeconds: 0,
        };
        known.results.push(result);
        if (server.pid) {
          known.processorSeconds = processorSeconds(server.pid) - before;
          known.memoryBytes = Math.max(known.memoryBytes, memoryBytes(server.pid));
        }
        measurements.set(key, known);
        console.log(
          `${workload.id.padEnd(14)} ${server.name} (${label}): ${result.toFixed(1)} ${workload.unit}`,
        );
      }
    }
  }
  return chosen.flatMap(({ id }) =>
    [...measurements.values()].filter((measurement) => measurement.workload === id),
  );
}

/** The repository that a work reads, which a registry token must name. @param {string} id */
function repositoryOf(id) {
  if (id === 'working-set') return 'large';
  if (id.startsWith('blob-')) return 'blobs';
  return id === 'pull-images' ? 'images' : 'many';
}
