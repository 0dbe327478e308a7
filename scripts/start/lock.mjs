import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { until } from './conditions.mjs';
import { StartFailure } from './failure.mjs';
import { processIdentity } from './process-identity.mjs';

const SECONDS_FOR_ANOTHER_TO_STOP = 60;

/**
 * Who holds a data directory.
 * @typedef {{ pid: number, identity: string, isStopping: boolean }} Holder
 */

/** @param {string} dataDirectory */
const lockFileOf = (dataDirectory) => path.join(dataDirectory, 'berth.lock');

/**
 * The live process that holds a data directory, if there is one: what a killed one left does not count.
 *
 * @param {string} dataDirectory
 * @returns {Holder | undefined}
 */
export function holderOf(dataDirectory) {
  const holder = read(lockFileOf(dataDirectory));
  return holder && processIdentity(holder.pid) === holder.identity ? holder : undefined;
}

/** @param {string} dataDirectory @param {Holder} holder */
export function alreadyRunning(dataDirectory, holder) {
  return new StartFailure(
    `Berth already runs on ${dataDirectory} (process ${holder.pid}): ` +
      'stop it first, or give this one another BERTH_DATA_DIR.',
  );
}

/**
 * Takes a data directory for this process. One that is just stopping is waited for.
 *
 * @param {string} dataDirectory
 * @returns {Promise<{ announceStop(): void, release(): void }>}
 * @throws {StartFailure} when another Berth runs on it
 */
export async function lock(dataDirectory) {
  const file = lockFileOf(dataDirectory);
  const isFree = () => !holderOf(dataDirectory)?.isStopping;
  await until(isFree, { withinSeconds: SECONDS_FOR_ANOTHER_TO_STOP, everyMilliseconds: 100 });
  const holder = holderOf(dataDirectory);
  if (holder) throw alreadyRunning(dataDirectory, holder);
  removeStale(dataDirectory);

  const own = { pid: process.pid, identity: processIdentity(process.pid) ?? '', isStopping: false };
  const draft = `${file}.${process.pid}`;
  const write = (/** @type {Holder} */ content) => writeFileSync(draft, JSON.stringify(content));
  write(own);
  try {
    linkSync(draft, file);
  } catch (cause) {
    const winner = holderOf(dataDirectory);
    throw winner ? alreadyRunning(dataDirectory, winner) : cause;
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    announceStop() {
      write({ ...own, isStopping: true });
      renameSync(draft, file);
    },
    release: () => rmSync(file, { force: true }),
  };
}

/**
 * Moves away what a killed process left. Between looking and moving, another one may have taken the directory:
 * its lock is then put back.
 *
 * @param {string} dataDirectory
 */
function removeStale(dataDirectory) {
  const file = lockFileOf(dataDirectory);
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = read(aside);
  if (moved && processIdentity(moved.pid) === moved.identity) linkSync(aside, file);
  rmSync(aside, { force: true });
}

/** @param {string} file @returns {Holder | undefined} undefined when it is not there or half written */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
