import { StartFailure } from '../start/failure.mjs';

/**
 * @typedef {object} Tier
 * @property {string} name of the tier: with `vitest`, of its project in vitest.config.ts
 * @property {string[]} [projects] where it has several
 * @property {'vitest' | 'script'} kind
 * @property {string[]} [command] what a `script` tier runs under the pinned Node
 * @property {import('../start/build-targets.mjs').TargetName[]} [builds] what of the built program it starts
 * @property {string} [reporter] of vitest; `default` names every test of a file that failed
 * @property {number} limitMinutes after which it is killed and counts as failed
 * @property {number} [fullLimitMinutes] the same at full size
 */

/**
 * In the order in which they begin; two run side by side. The longest comes first, since the other lane does the
 * rest meanwhile; then what a change breaks most often.
 *
 * @type {Tier[]}
 */
const tiers = [
  {
    name: 'http',
    kind: 'vitest',
    projects: ['http', 'http-isolated'],
    limitMinutes: 25,
    fullLimitMinutes: 60,
  },
  { name: 'check', kind: 'script', command: ['scripts/check.mjs'], limitMinutes: 10 },
  { name: 'unit', kind: 'vitest', limitMinutes: 10 },
  { name: 'contract', kind: 'vitest', limitMinutes: 15 },
  { name: 'reliability', kind: 'vitest', builds: ['registry-api'], limitMinutes: 15, fullLimitMinutes: 60 },
  { name: 'conformance', kind: 'vitest', builds: ['registry-api'], reporter: 'dot', limitMinutes: 10 },
  { name: 'clients', kind: 'vitest', builds: ['registry-api'], limitMinutes: 15 },
  {
    name: 'compose',
    kind: 'vitest',
    builds: ['registry-api', 'web'],
    limitMinutes: 15,
    fullLimitMinutes: 30,
  },
  { name: 'memory', kind: 'vitest', builds: ['registry-api'], limitMinutes: 10, fullLimitMinutes: 40 },
  { name: 'ui', kind: 'vitest', builds: ['registry-api', 'web'], limitMinutes: 25 },
  { name: 'cli', kind: 'vitest', builds: ['registry-api'], limitMinutes: 10 },
  { name: 'start', kind: 'vitest', builds: ['registry-api', 'web'], limitMinutes: 15 },
];

/**
 * @param {string[]} names of tiers; all of them when empty
 * @returns {Tier[]}
 */
export function chooseTiers(names) {
  const unknown = names.find((name) => !tiers.some((tier) => tier.name === name));
  if (unknown) {
    throw new StartFailure(
      `There is no tier "${unknown}": they are ${tiers.map(({ name }) => name).join(', ')}.`,
    );
  }
  return names.length === 0 ? tiers : tiers.filter(({ name }) => names.includes(name));
}

/** @param {Tier} tier @param {boolean} isFull */
export function limitSeconds(tier, isFull) {
  return 60 * (isFull ? (tier.fullLimitMinutes ?? tier.limitMinutes) : tier.limitMinutes);
}
