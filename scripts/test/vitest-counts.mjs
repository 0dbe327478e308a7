import { existsSync, readFileSync } from 'node:fs';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} files absolute paths of the test files
 */

/**
 * The counts in a report that vitest's JSON reporter wrote. A file that failed before its first test, a test left
 * out by `skip` or `only`, and a run that ended badly without a failed test each count as one failure.
 *
 * @param {string} file @param {boolean} isSuccess whether vitest ended with 0
 * @returns {Counts}
 */
export function vitestCounts(file, isSuccess) {
  if (!existsSync(file)) return { passed: 0, failed: 1, files: [] };
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const brokenFiles = report.testResults.filter(isBroken).length;
  const leftOut = report.numPendingTests + report.numTodoTests;
  const failed = report.numFailedTests + brokenFiles + leftOut;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && !isSuccess ? 1 : failed,
    files: report.testResults.map((/** @type {{ name: string }} */ { name }) => name),
  };
}

/** @param {{ status: string, assertionResults: { status: string }[] }} result */
function isBroken(result) {
  return result.status === 'failed' && !result.assertionResults.some(({ status }) => status === 'failed');
}
