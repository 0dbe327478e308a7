import { seconds } from '../start/stage.mjs';

const SIDE_BY_SIDE = 2;

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {() => Promise<string[]> | string[]} complaints one line or paragraph each; none when all is well
 */

/**
 * Runs checks side by side and prints one line for each when it ends, with its complaints below it.
 *
 * @param {Check[]} checks
 * @returns {Promise<number>} how many have failed
 */
export async function runChecks(checks) {
  const waiting = [...checks];
  let failed = 0;
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const began = performance.now();
      const complaints = await complaintsOf(check);
      const verdict = complaints.length === 0 ? 'ok' : 'FAILED';
      console.log(`  ${check.name.padEnd(14)}${seconds(performance.now() - began)}  ${verdict}`);
      for (const complaint of complaints) console.log(complaint.trim().replace(/^/gm, '      '));
      if (complaints.length > 0) failed++;
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return failed;
}

/** @param {Check} check */
async function complaintsOf(check) {
  try {
    return await check.complaints();
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
}
