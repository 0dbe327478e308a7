// Builds what is not built, runs the tiers two at a time, and ends with the line `N passed, N failed`.
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build, targetsToBuild } from '../start/build.mjs';
import { reportFailure } from '../start/report-failure.mjs';
import { root } from '../start/root.mjs';
import { stage } from '../start/stage.mjs';
import { findUnrunnable } from './needs.mjs';
import { printTier, printUnrunnable } from './report.mjs';
import { killRunningTiers, runTier } from './run-tier.mjs';
import { sideBySide } from './side-by-side.mjs';
import { chooseTiers } from './tiers.mjs';

const TIERS_AT_ONCE = 2;

const temporaryDirectory = mkdtempSync(path.join(tmpdir(), 'berth-test-'));
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
  const isFull = process.argv.includes('--full');
  const tiers = chooseTiers(process.argv.slice(2).filter((argument) => !argument.startsWith('--')));
  const isBuildNeeded = tiers.some((tier) => tier.isBuildNeeded);
  if (isBuildNeeded && targetsToBuild().length > 0) await stage('build', build);
  const unrunnable = findUnrunnable(root);
  printUnrunnable(unrunnable);

  chmodSync(temporaryDirectory, 0o755); // under root, Postgres runs as another user
  const resultsDirectory = path.join(root, 'results');
  mkdirSync(resultsDirectory, { recursive: true });
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, killRunningTiers);
  const excludedFiles = unrunnable.map(({ file }) => file);
  const results = await sideBySide(tiers, TIERS_AT_ONCE, async (tier) => {
    const result = await runTier(tier, { root, resultsDirectory, temporaryDirectory, excludedFiles, isFull });
    printTier(result);
    return result;
  });

  printUnrunnable(unrunnable);
  const isMissingAFailure = Boolean(process.env.CI);
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failedTests = results.reduce((sum, result) => sum + result.failed, 0);
  const failed = failedTests + (isMissingAFailure ? unrunnable.length : 0);
  console.log(`${passed} passed, ${failed} failed`);
  return failed;
}
