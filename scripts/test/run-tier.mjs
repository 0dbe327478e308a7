import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, createWriteStream, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { killLeftBehind } from './left-behind.mjs';
import { limitSeconds } from './tiers.mjs';
import { vitestCounts } from './vitest-counts.mjs';

/**
 * @typedef {object} TierResult
 * @property {string} name
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} files absolute paths of the test files
 * @property {number} seconds
 * @property {string} log all it wrote
 * @property {boolean} isOutOfTime
 *
 * @typedef {object} RunPlan
 * @property {string} root the checkout
 * @property {string} resultsDirectory
 * @property {string} temporaryDirectory
 * @property {string[]} excludedFiles test files that this machine cannot run
 * @property {boolean} isFull
 */

/** The process groups of the tiers that run now. @type {Set<number>} */
const runningGroups = new Set();

/**
 * Runs a tier in a process group and a temporary folder of its own, which are both gone when it ends.
 *
 * @param {import('./tiers.mjs').Tier} tier @param {RunPlan} plan
 * @returns {Promise<TierResult>}
 */
export async function runTier(tier, plan) {
  const logFile = path.join(plan.resultsDirectory, `${tier.name}.log`);
  const reportFile = path.join(plan.resultsDirectory, `${tier.name}.json`);
  const directory = path.join(plan.temporaryDirectory, tier.name);
  mkdirSync(directory, { recursive: true });
  chmodSync(directory, 0o755); // under root, Postgres runs as another user
  rmSync(reportFile, { force: true });
  const started = performance.now();
  const { code, isOutOfTime } = await runProgram(tier, plan, { logFile, reportFile, directory });
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  const log = readFileSync(logFile, 'utf8');
  const counts =
    tier.kind === 'vitest' ? vitestCounts(reportFile, code === 0) : scriptCounts(log, code === 0);
  if (isOutOfTime) counts.failed ||= 1;
  return { name: tier.name, ...counts, seconds: (performance.now() - started) / 1000, log, isOutOfTime };
}

/** Ends every tier that runs; what they had started goes with them. */
export function endRunningTiers() {
  for (const group of runningGroups) process.kill(-group, 'SIGKILL');
}

/**
 * @param {import('./tiers.mjs').Tier} tier @param {RunPlan} plan
 * @param {{ logFile: string, reportFile: string, directory: string }} files
 */
async function runProgram(tier, plan, { logFile, reportFile, directory }) {
  const log = createWriteStream(logFile);
  await once(log, 'open');
  const child = spawn(process.execPath, argumentsOf(tier, plan, reportFile), {
    cwd: plan.root,
    env: {
      ...process.env,
      NO_COLOR: '1',
      FORCE_COLOR: undefined,
      TMPDIR: directory,
      BERTH_TEST_FULL: plan.isFull ? '1' : '',
      BERTH_TEST_EXCLUDED_FILES: plan.excludedFiles.join(','),
    },
    stdio: ['ignore', log, log],
    detached: true, // a group of its own, so that nothing of it outlives it
  });
  const group = child.pid;
  if (group === undefined)
    throw new Error(`${tier.name} cannot be started`, { cause: (await once(child, 'error'))[0] });
  runningGroups.add(group);
  let isOutOfTime = false;
  const timer = setTimeout(() => {
    isOutOfTime = true;
    process.kill(-group, 'SIGKILL');
  }, limitSeconds(tier, plan.isFull) * 1000);
  const [code] = await once(child, 'exit');
  clearTimeout(timer);
  runningGroups.delete(group);
  await killLeftBehind(group, directory);
  log.end();
  return { code, isOutOfTime };
}

/**
 * @param {import('./tiers.mjs').Tier} tier @param {RunPlan} plan @param {string} reportFile
 * @returns {string[]}
 */
function argumentsOf(tier, plan, reportFile) {
  if (tier.kind === 'script') return tier.command ?? [];
  return [
    ...['node_modules/vitest/vitest.mjs', 'run'],
    ...(tier.projects ?? [tier.name]).flatMap((project) => ['--project', project]),
    `--reporter=${tier.reporter ?? 'default'}`,
    ...['--reporter=json', `--outputFile.json=${reportFile}`],
    ...(plan.excludedFiles.length > 0 ? ['--passWithNoTests'] : []),
  ];
}

/**
 * A script counts as one test, unless it says how many it made in a line `N passed, N failed`.
 *
 * @param {string} log @param {boolean} isSuccess
 */
function scriptCounts(log, isSuccess) {
  const said = [...log.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  const passed = said ? Number(said[1]) : Number(isSuccess);
  const failed = said ? Number(said[2]) : Number(!isSuccess);
  return { passed, failed: failed === 0 && !isSuccess ? 1 : failed, files: [] };
}
