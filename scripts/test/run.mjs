// Builds what is not built, runs the tiers two at a time, and ends with the line `N passed, N failed`.
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build, targetsToBuild } from '../start/build.mjs';
import { reportFailure } from '../start/report-failure.mjs';
import { root } from '../start/root.mjs';
import { stage } from '../start/stage.mjs';
import { findHomeless, findUnrunnable } from './needs.mjs';
import { printHomeless, printTier, printUnrunnable } from './report.mjs';
import { endRunningTiers, runTier } from './run-tier.mjs';
import { sideBySide } from './side-by-side.mjs';
import { chooseTiers } from './tiers.mjs';

/** @typedef {import('./run-tier.mjs').TierResult} TierResult */

const TIERS_AT_ONCE = 2;
const isFull = process.argv.includes('--full');
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const resultsDirectory = path.join(root, 'results');
const temporaryDirectory = mkdtempSync(path.join(tmpdir(), 'berth-test-'));
let isInterrupted = false;

try {
  process.exitCode = (await runTests()) === 0 ? 0 : 1;
} catch (error) {
  reportFailure(error);
  console.log('0 passed, 1 failed');
} finally {
  rmSync(temporaryDirectory, { recursive: true, force: true, maxRetries: 5 });
}

/** @returns {Promise<number>} how many tests failed */
async function runTests() {
  process.chdir(root);
  mkdirSync(resultsDirectory, { recursive: true });
  chmodSync(temporaryDirectory, 0o755); // under root, Postgres runs as another user
  const tiers = chooseTiers(names);
  const builds = tiers.flatMap((tier) => tier.builds ?? []);
  if (targetsToBuild(builds).length > 0) await stage('build', () => build(builds));
  const unrunnable = findUnrunnable(root);
  printUnrunnable(unrunnable);
  const excludedFiles = unrunnable.map(({ file }) => file);
  const results = await runTiers(tiers, excludedFiles);

  const ran = results.flatMap(({ files }) => files);
  const homeless = names.length === 0 ? findHomeless(root, [...ran, ...excludedFiles]) : [];
  printUnrunnable(unrunnable);
  printHomeless(homeless);
  const notRun = homeless.length + (process.env.CI ? unrunnable.length : 0) + Number(isInterrupted);
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, notRun);
  console.log(`${passed} passed, ${failed} failed`);
  return failed;
}

/**
 * @param {import('./tiers.mjs').Tier[]} tiers @param {string[]} excludedFiles
 * @returns {Promise<TierResult[]>} of those that ran: after Ctrl-C none is begun
 */
async function runTiers(tiers, excludedFiles) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      isInterrupted = true;
      endRunningTiers();
    });
  }
  const results = await sideBySide(tiers, TIERS_AT_ONCE, async (tier) => {
    if (isInterrupted) return undefined;
    const result = await runTier(tier, { root, resultsDirectory, temporaryDirectory, excludedFiles, isFull });
    printTier(result);
    return result;
  });
  return results.filter((result) => result !== undefined);
}
