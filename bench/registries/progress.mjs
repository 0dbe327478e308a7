// How long a comparison takes: told before it begins, and while it runs.
import { fillSeconds, sizeOn } from './sizes.mjs';
import { isMeasuredOnStore } from './workloads.mjs';

const START_SECONDS = 12;
const PREPARE_SECONDS = 15;

/** @typedef {{ server: string, isBerth: boolean, readers: number }} Compared */

/** What a store's part needs to be there. @param {Pick<import('./options.mjs').Wanted, 'chosen' | 'studies'>} wanted @param {string} store */
export function needsOn({ chosen, studies }, store) {
  const works = chosen.filter((work) => isMeasuredOnStore(work, store));
  const needed = [...works, ...(store === 'filesystem' ? studies : [])].flatMap(({ needs }) => needs ?? []);
  return new Set(needed);
}

/** In seconds, on two idle processors. @param {import('./options.mjs').Wanted} wanted @param {Compared[]} compared */
export function expectedSeconds(wanted, compared) {
  let sum = PREPARE_SECONDS;
  const readers = compared.reduce((all, each) => all + each.readers, 0);
  for (const store of wanted.stores) {
    const size = sizeOn(wanted.size, store);
    const load = { ...wanted, size, store };
    sum += START_SECONDS * compared.length;
    for (const need of needsOn(wanted, store)) sum += fillSeconds[need](size) * readers;
    for (const work of wanted.chosen.filter((each) => isMeasuredOnStore(each, store))) {
      sum += wanted.rounds * runsOf(work, compared, readers) * (work.expectedSeconds(load) + 0.5);
    }
    if (store === 'filesystem')
      for (const study of wanted.studies) sum += study.expectedSeconds(load, compared.length);
  }
  return sum;
}

/** In one round. @param {import('./workloads.mjs').Workload} work @param {Compared[]} compared @param {number} readers */
function runsOf({ isWrite, isMeasuredOn }, compared, readers) {
  if (isMeasuredOn) return compared.filter(({ isBerth }) => isBerth).length;
  return isWrite ? compared.length : readers;
}

/** Says how far it is, with a guess by what the machine took so far. */
export class Progress {
  /** @param {number} expected seconds */
  constructor(expected) {
    this.expected = expected;
    this.began = performance.now();
    console.log(`This takes about ${minutes(expected)} on two idle processors, longer beside other work.`);
  }

  /** @param {string} line */
  say(line) {
    const elapsed = (performance.now() - this.began) / 1000;
    console.log(`[${minutes(elapsed)} of about ${minutes(Math.max(this.expected, elapsed))}] ${line}`);
  }
}

/** @param {number} seconds */
function minutes(seconds) {
  return `${(seconds / 60).toFixed(1)} min`;
}
