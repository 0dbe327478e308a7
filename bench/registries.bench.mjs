// Berth beside other registries, in turn, on the same bytes: `npm run bench` [-- registries] [option …]
//   --only=hot-tag,push-1g --store=filesystem,s3 --peer=NAME=URL --rounds=3 --seconds=3 --quick --record
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../scripts/start/root.mjs';
import { measureCeilings } from './registries/ceilings.mjs';
import { onInterrupt } from './registries/interrupts.mjs';
import { measureAll } from './registries/measure.mjs';
import { startObjectStore } from './registries/object-store.mjs';
import { readOptions } from './registries/options.mjs';
import { measuredOf, writePage } from './registries/page.mjs';
import { expectedSeconds, needsOn, Progress } from './registries/progress.mjs';
import { describeRun, mergeRecords, readRecords, writeRecords } from './registries/records.mjs';
import { rowsOf } from './registries/report.mjs';
import { makeContent, seed } from './registries/seed.mjs';
import { runningPeer, startBerth, startDistribution } from './registries/servers.mjs';
import { sizeOn } from './registries/sizes.mjs';
import { runStudies } from './registries/studies.mjs';
import { ensureTools, installedDistributions } from './registries/tools.mjs';
import { isMeasuredOnStore, workloads } from './registries/workloads.mjs';

/** @typedef {import('./registries/options.mjs').Wanted & { directory: string, content: import('./registries/seed.mjs').Content, progress: Progress }} Plan */
/** @typedef {{ measurements: import('./registries/report.mjs').Measurement[], findings: import('./registries/studies.mjs').Finding[] }} Found */

/** @param {string[]} options */
export async function bench(options) {
  const wanted = readOptions(options);
  ensureTools(wanted);
  const progress = new Progress(expectedSeconds(wanted, comparedIn(wanted)));
  const directory = mkdtempSync(path.join(process.env.BERTH_BENCH_DIR ?? tmpdir(), 'berth-bench-'));
  chmodSync(directory, 0o755); // else Berth as root keeps its database elsewhere, where nobody removes it
  onInterrupt(() => rmSync(directory, { recursive: true, force: true }));
  try {
    const ceilings = await measureCeilings(wanted.seconds);
    const plan = { ...wanted, directory, progress, content: makeContent(directory, wanted.size) };
    /** @type {Found} */
    const found = { measurements: [], findings: [] };
    for (const store of wanted.stores) {
      const { measurements, findings } = await compareOn(store, plan);
      found.measurements.push(...measurements);
      found.findings.push(...findings);
    }
    report(found, ceilings, wanted);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** @param {import('./registries/options.mjs').Wanted} wanted */
function comparedIn({ peers }) {
  const others = [...installedDistributions(), ...peers].map(({ name }) => name);
  return [
    { server: 'Berth', isBerth: true, readers: 2 },
    ...others.map((server) => ({ server, isBerth: false, readers: 1 })),
  ];
}

/** @param {Found} found @param {import('./registries/ceilings.mjs').Ceilings} ceilings @param {import('./registries/options.mjs').Wanted} wanted */
function report({ measurements, findings }, ceilings, wanted) {
  const run = describeRun(wanted, ceilings);
  const records = { rows: rowsOf(measurements, workloads, ceilings), studies: findings };
  const merged = mergeRecords({ rows: [], studies: [] }, records, run);
  console.log(`\n${measuredOf(merged)}`);
  const results = path.join(root, 'results');
  mkdirSync(results, { recursive: true });
  writeFileSync(path.join(results, 'bench.json'), `${JSON.stringify({ run, ...records }, null, 2)}\n`);
  if (wanted.isRecorded) {
    const all = mergeRecords(readRecords(), records, run);
    writeRecords(all);
    writePage(all);
  }
  const failed = measurements.filter(({ failures }) => failures.length > 0);
  for (const { workload, server, failures } of failed)
    console.error(`${workload}, ${server}: ${failures[0]}`);
  if (failed.length > 0) process.exitCode = 1;
}

/** @param {string} store @param {Plan} plan @returns {Promise<Found>} */
async function compareOn(store, plan) {
  const studies = store === 'filesystem' ? plan.studies : [];
  const isAnyChosen = plan.chosen.some((work) => isMeasuredOnStore(work, store));
  if (!isAnyChosen && studies.length === 0) return { measurements: [], findings: [] };
  const directory = path.join(plan.directory, store);
  mkdirSync(directory);
  const objects = store === 's3' ? await startObjectStore(directory) : undefined;
  /** @type {import('./registries/servers.mjs').Server[]} */
  const servers = [];
  try {
    servers.push(await startBerth(directory, objects));
    for (const { name, program } of installedDistributions()) {
      servers.push(await startDistribution({ name, program, directory, store: objects }));
    }
    servers.push(...plan.peers.map(runningPeer));
    const size = sizeOn(plan.size, store);
    const readers = await fillAll(servers, store, plan);
    return {
      measurements: await measureAll(store, readers, { ...plan, size }, plan.progress),
      findings: await runStudies(studies, { ...plan, readers, directory, size }, plan.progress),
    };
  } finally {
    for (const server of servers) await server.stop();
    await objects?.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** @param {import('./registries/servers.mjs').Server[]} servers @param {string} store @param {Plan} plan */
async function fillAll(servers, store, plan) {
  const readers = [];
  const { images } = sizeOn(plan.size, store);
  for (const server of servers) {
    for (const reader of server.readers) {
      const filling = { server, repository: reader.repository, content: plan.content, images };
      const began = performance.now();
      readers.push({ ...reader, server, seeded: await seed(filling, needsOn(plan, store)) });
      const took = Math.round((performance.now() - began) / 1000);
      plan.progress.say(`${server.name} (${reader.label}) is filled, in ${took} s`);
    }
  }
  return readers;
}
