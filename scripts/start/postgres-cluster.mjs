import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { StartFailure } from './failure.mjs';
import { identityOf } from './postgres-account.mjs';
import { programPath } from './postgres-binaries.mjs';
import { run } from './run.mjs';

/** @typedef {import('./postgres-place.mjs').PostgresPlace} PostgresPlace */

export const ROLE = 'berth';
export const DATABASE = 'berth';

/**
 * Makes the cluster unless it is there: UTF-8, text ordered by code point and cased by Unicode's rules the same
 * way on every machine (Postgres' built-in provider), one superuser with a random password.
 *
 * @param {PostgresPlace} place @param {{ isDurable: boolean }} options
 * @returns {Promise<string>} the password
 */
export async function ensureCluster(place, { isDurable }) {
  refuseOtherMajor(place);
  const isNew = !existsSync(place.cluster);
  const password = readPassword(place) ?? writePassword(place);
  if (isNew) await makeCluster(place, password, isDurable);
  return password;
}

/** @param {PostgresPlace} place */
function refuseOtherMajor({ cluster, binaries }) {
  const file = path.join(cluster, 'PG_VERSION');
  if (!existsSync(file)) return;
  const major = readFileSync(file, 'utf8').trim();
  if (major === String(binaries.major)) return;
  throw new StartFailure(
    `${cluster} was written by Postgres ${major} and this Berth brings Postgres ${binaries.major}: ` +
      `start it with the Berth it was made with, or move the folder away to begin with an empty database.`,
  );
}

/**
 * Everything happens in a folder of another name, so that a cluster that has its name is whole.
 *
 * @param {PostgresPlace} place @param {string} password @param {boolean} isDurable
 */
async function makeCluster(place, password, isDurable) {
  const unfinished = `${place.cluster}.new`;
  const passwordFile = path.join(place.directory, 'initdb-password');
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (place.account) {
    for (const owned of [unfinished, passwordFile]) chownSync(owned, place.account.uid, place.account.gid);
  }
  try {
    await initialize(place, unfinished, [`--pwfile=${passwordFile}`, ...syncOptions(isDurable)]);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  await runAlone(place, unfinished, `CREATE DATABASE ${DATABASE}`);
  renameSync(unfinished, place.cluster);
}

/** @param {boolean} isDurable */
function syncOptions(isDurable) {
  if (!isDurable) return ['--no-sync'];
  return process.platform === 'linux' ? ['--sync-method=syncfs'] : [];
}

/**
 * Classifying letters is left to the C library, which knows UTF-8 under a name that differs between systems.
 *
 * @param {PostgresPlace} place @param {string} cluster @param {string[]} options
 */
async function initialize(place, cluster, options) {
  const fixed = [
    `--pgdata=${cluster}`,
    `--username=${ROLE}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
  ];
  let output = '';
  for (const letters of ['C.UTF-8', 'en_US.UTF-8', 'UTF-8', 'C']) {
    const attempt = await runAsPostgres(place, 'initdb', [...fixed, `--lc-ctype=${letters}`, ...options]);
    if (attempt.isSuccess) return;
    output = attempt.output;
    if (!output.includes('invalid locale name')) break;
  }
  throw new StartFailure(`Postgres could not make its data folder ${cluster}: ${lastLine(output)}`);
}

/**
 * Runs one statement in a cluster that no server runs on.
 *
 * @param {PostgresPlace} place @param {string} cluster @param {string} statement
 */
async function runAlone(place, cluster, statement) {
  const { isSuccess, output } = await runAsPostgres(
    place,
    'postgres',
    ['--single', '-D', cluster, '-c', 'exit_on_error=on', 'template1'],
    `${statement}\n`,
  );
  if (!isSuccess) throw new StartFailure(`Postgres could not prepare ${cluster}: ${lastLine(output)}`);
}

/**
 * @param {PostgresPlace} place @param {'initdb' | 'postgres'} program @param {string[]} args @param {string} [input]
 */
function runAsPostgres(place, program, args, input) {
  return run(programPath(place.binaries, program), args, {
    ...identityOf(place.account),
    cwd: '/',
    env: postgresEnvironment(),
    input,
  });
}

/** Postgres takes settings from PG* and its messages' language from LC_*; and it needs none of Berth's secrets. */
export function postgresEnvironment() {
  const foreign = /^(PG|LC_|LANG|BERTH_|npm_)/i;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' };
}

/** @param {PostgresPlace} place @returns {string} */
const passwordFileOf = ({ directory }) => path.join(directory, 'password');

/** @param {PostgresPlace} place */
function readPassword(place) {
  const file = passwordFileOf(place);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

/** @param {PostgresPlace} place */
function writePassword(place) {
  if (existsSync(place.cluster)) {
    throw new StartFailure(
      `${passwordFileOf(place)} is gone, and with it the password of the database beside it: put the file back.`,
    );
  }
  const password = randomBytes(24).toString('base64url');
  writeFileSync(passwordFileOf(place), `${password}\n`, { mode: 0o600 });
  return password;
}

/** @param {string} output */
function lastLine(output) {
  const lines = output.trim().split('\n');
  return lines.findLast((line) => /error|fatal/i.test(line)) ?? lines.at(-1) ?? '';
}
