import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { processIdentity } from './process-identity.mjs';

/**
 * Who holds a lock file.
 * @typedef {{ pid: number, identity: string, isStopping: boolean }} Holder
 */

/**
 * The live process that holds a lock, if there is one: what a killed one left does not count.
 *
 * @param {string} file
 * @returns {Holder | undefined}
 */
export function holderOf(file) {
  const holder = read(file);
  return holder && processIdentity(holder.pid) === holder.identity ? holder : undefined;
}

/**
 * Takes a lock for this process unless a live one has it.
 *
 * @param {string} file
 * @returns {{ announceStop(): void, release(): void } | undefined} undefined when another one has it
 */
export function tryLock(file) {
  if (holderOf(file)) return undefined;
  removeStale(file);
  const own = { pid: process.pid, identity: processIdentity(process.pid) ?? '', isStopping: false };
  const draft = `${file}.${process.pid}`;
  const write = (/** @type {Holder} */ content) => writeFileSync(draft, JSON.stringify(content));
  write(own);
  try {
    linkSync(draft, file);
  } catch (error) {
    if (holderOf(file)) return undefined;
    throw error;
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
 * Moves away what a killed process left. Between looking and moving, another one may have taken the lock, which is
 * then put back.
 *
 * @param {string} file
 */
function removeStale(file) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (holderOf(aside)) linkSync(aside, file);
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
