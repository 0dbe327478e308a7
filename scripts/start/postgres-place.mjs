import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  realpathSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { StartFailure } from './failure.mjs';
import { canEnter, postgresAccount } from './postgres-account.mjs';
import { canRun, copyBinaries, findPostgresBinaries, makeExecutable } from './postgres-binaries.mjs';

const OUTSIDE = '/var/lib/berth';

/**
 * @typedef {object} PostgresPlace
 * @property {string} directory holds the cluster, its connection file and its log
 * @property {string} cluster Postgres' own data directory
 * @property {import('./postgres-binaries.mjs').PostgresBinaries} binaries
 * @property {import('./postgres-account.mjs').Account | undefined} account undefined: as this program's user
 */

/**
 * Decides where Postgres and its data live, and as whom it runs. Where the user `postgres` cannot enter, both
 * are kept under /var/lib/berth, and `directory` is a symbolic link to the data: so they stay together when the
 * checkout is moved, and a data directory that was deleted is not met by the database of the old one.
 *
 * @param {string} directory
 * @param {(line: string) => void} onNotice is told in one line when something is kept elsewhere
 * @returns {PostgresPlace}
 */
export function placePostgres(directory, onNotice) {
  const found = findPostgresBinaries();
  makeExecutable(found);
  makeDirectory(directory);
  const account = postgresAccount(path.join(directory, 'cluster'));
  if (!account) return { directory, cluster: path.join(directory, 'cluster'), binaries: found, account };

  const isRunnable = canRun(found, account);
  const isMoved = isLink(directory);
  const isReachable = isMoved || canEnter(directory, account);
  if (!isRunnable || !isReachable) makeDirectory(OUTSIDE);
  const binaries = isRunnable ? found : copyBinaries(found, OUTSIDE);
  const home = isMoved ? realpathSync(directory) : isReachable ? directory : moveOutside(directory);
  const elsewhere = [...(isRunnable ? [] : [binaries.directory]), ...(home === directory ? [] : [home])];
  if (elsewhere.length > 0) {
    onNotice(
      `The user "postgres" cannot enter this folder, so Postgres is kept in ${elsewhere.join(' and ')}`,
    );
  }
  return { directory: home, cluster: path.join(home, 'cluster'), binaries, account };
}

/** Open to be entered, closed to be listed: what is secret inside has its own mode. @param {string} directory */
function makeDirectory(directory) {
  if (isLink(directory)) {
    if (existsSync(directory)) return;
    throw new StartFailure(
      `The database was kept in ${readlinkSync(directory)}, which is gone: ` +
        `put it back, or remove the link ${directory} to begin with an empty one.`,
    );
  }
  mkdirSync(directory, { recursive: true });
  chmodSync(directory, 0o711);
}

/** @param {string} directory */
function isLink(directory) {
  return lstatSync(directory, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

/**
 * @param {string} directory a real folder, empty at a first start
 * @returns {string} where its content is kept now
 */
function moveOutside(directory) {
  const key = createHash('sha256').update(path.resolve(directory)).digest('hex').slice(0, 12);
  const home = path.join(OUTSIDE, `data-${key}`);
  // The link is gone, so its data directory was deleted: never serve the database without its blobs.
  if (existsSync(home)) execFileSync('mv', [home, `${home}.${Date.now()}`]);
  execFileSync('mv', [directory, home]);
  symlinkSync(home, directory);
  return home;
}
