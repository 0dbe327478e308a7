// What the works share: requests of a target's repositories, as its reader.
import { MANIFEST } from '../client.mjs';
import { getsPerSecond, headsPerSecond } from '../load.mjs';

/** @typedef {import('../workloads.mjs').Target} Target */

/** @param {string} repository */
export const ofRepository = (repository) => (/** @type {string} */ rest) => `/v2/${repository}/${rest}`;

/** @param {Pick<Target, 'headers'>} target */
export const accepting = ({ headers }) => ({ ...headers, Accept: MANIFEST });

/** @param {Target} target @param {string[]} paths */
export async function gets(target, paths) {
  const { url, seconds } = target;
  const { perSecond } = await getsPerSecond({ url, paths, seconds, headers: accepting(target) });
  return perSecond;
}

/** @param {Target} target @param {string[]} paths */
export function heads(target, paths) {
  return headsPerSecond({ url: target.url, paths, seconds: target.seconds, headers: accepting(target) });
}
