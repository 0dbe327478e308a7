// The rows of the comparison: what is done, how its result reads, and what has to be there before.
import { blobWorks } from './works/blobs.mjs';
import { imageWorks } from './works/images.mjs';
import { manifestWorks } from './works/manifests.mjs';
import { pushWorks } from './works/pushes.mjs';

/**
 * @typedef {object} Target one registry in one way of reading it
 * @property {import('./servers.mjs').Server} server
 * @property {string} url
 * @property {Record<string, string>} headers
 * @property {(name: string) => string} repository
 * @property {import('./seed.mjs').Seeded} seeded
 * @property {number} seconds that a row with a duration takes
 * @property {import('./sizes.mjs').Size} size
 */

/** @typedef {{ seconds: number, size: import('./sizes.mjs').Size, store: string }} Load */

/**
 * @typedef {object} Workload
 * @property {string} id short, for `--only=`
 * @property {string} title
 * @property {'requests/s' | 'MB/s' | 'images/s'} unit more is better
 * @property {number} [atLeast] ratio to Distribution v3 that we mean to reach @property {number} [atLeastOnS3]
 * @property {'answers' | 'loopback' | 'hash'} [ceiling] which limit of the machine it is measured against
 * @property {import('./sizes.mjs').Need} [needs]
 * @property {boolean} [isWrite] who may read does not matter to it: each server does it once a round
 * @property {boolean} [isObjectStore] is measured on an object store too
 * @property {(server: import('./servers.mjs').Server) => boolean} [isMeasuredOn] on all, unless given
 * @property {(load: Load) => number} expectedSeconds of one run, on two idle processors
 * @property {(target: Target) => Promise<number>} run
 */

export const workloads = [...manifestWorks, ...blobWorks, ...pushWorks, ...imageWorks];

/** @param {Workload} workload @param {string} store */
export function isMeasuredOnStore({ isObjectStore }, store) {
  return store === 'filesystem' || isObjectStore === true;
}

/** @param {Workload} workload @param {string} store */
export function aimOf({ atLeast, atLeastOnS3 }, store) {
  return store === 's3' ? atLeastOnS3 : atLeast;
}
