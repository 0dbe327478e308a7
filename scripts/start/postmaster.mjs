import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { StartFailure } from './failure.mjs';
import { identityOf } from './postgres-account.mjs';
import { programPath } from './postgres-binaries.mjs';
import { postgresEnvironment } from './postgres-cluster.mjs';

/** @typedef {import('./postgres-place.mjs').PostgresPlace} PostgresPlace */

/**
 * What a running Postgres writes into `postmaster.pid`: its process, data directory, start, port, socket
 * directory, address, shared memory and state, one a line.
 *
 * @param {PostgresPlace} place
 * @returns {{ pid: number, isReady: boolean } | undefined}
 */
export function readPostmasterFile(place) {
  const file = postmasterFileOf(place);
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  return { pid: Number(lines[0]), isReady: lines[7]?.trim() === 'ready' };
}

/**
 * Clears the way for a new server. Node may have been killed and its Postgres left behind, which is then stopped;
 * or everything was, and the number in `postmaster.pid` may belong to another program by now, for which
 * Postgres would refuse to start: there the file is given this program's number, which Postgres knows to be its
 * parent. (Removing the file would also remove its guard against orphaned sessions in shared memory.)
 *
 * @param {PostgresPlace} place
 * @returns {Promise<boolean>} whether a server was left behind
 */
export async function stopLeftBehind(place) {
  const pid = readPostmasterFile(place)?.pid;
  if (!pid || pid === process.pid || !isAlive(pid)) return false;
  if (isPostgresOf(pid, place)) {
    stopPostmaster(place);
    return true;
  }
  const file = postmasterFileOf(place);
  const [, ...rest] = readFileSync(file, 'utf8').split('\n');
  writeFileSync(file, [process.pid, ...rest].join('\n'));
  return false;
}

/**
 * Stops the server cleanly: open transactions are rolled back, everything is written, and the next start needs
 * no recovery. One that does not come to an end in a minute is stopped as by a power cut.
 *
 * @param {PostgresPlace} place
 */
export function stopPostmaster(place) {
  for (const mode of ['fast', 'immediate']) {
    if (!readPostmasterFile(place)) return;
    const args = ['stop', '-D', place.cluster, '-m', mode, '-w', '-t', '60', '-s'];
    const stopped = spawnSync(programPath(place.binaries, 'pg_ctl'), args, {
      ...identityOf(place.account),
      cwd: '/',
      env: postgresEnvironment(),
      stdio: 'ignore',
    });
    if (stopped.status === 0) return;
  }
  if (readPostmasterFile(place)) {
    throw new StartFailure(
      `The Postgres on ${place.cluster} does not stop: end its process, then start again.`,
    );
  }
}

/** @param {PostgresPlace} place */
const postmasterFileOf = ({ cluster }) => path.join(cluster, 'postmaster.pid');

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** @param {number} pid @param {PostgresPlace} place */
function isPostgresOf(pid, place) {
  const command = commandOf(pid);
  return /postgres/.test(command) && command.includes(place.cluster);
}

/** @param {number} pid */
function commandOf(pid) {
  try {
    if (process.platform === 'linux')
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}
