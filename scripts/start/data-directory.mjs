import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { until } from './conditions.mjs';
import { StartFailure } from './failure.mjs';
import { holderOf, tryLock } from './lock.mjs';
import { root } from './root.mjs';

const SECONDS_FOR_ANOTHER_TO_STOP = 60;
const SECONDS_TO_NOTICE_A_KILLED_PARENT = 1.5;

/** @param {string} directory */
const lockFileOf = (directory) => path.join(directory, 'berth.lock');

/**
 * The folder of the embedded Postgres, from variables that nobody has checked yet.
 *
 * @param {NodeJS.ProcessEnv} variables
 * @returns {string | undefined} undefined when a database of one's own is used
 */
export function embeddedDataDirectory(variables) {
  if (variables.BERTH_DATABASE_URL) return undefined;
  return path.resolve(root, variables.BERTH_DATA_DIR || './data');
}

/**
 * Before anything is installed or built, which would pull the running Berth's files away. One whose npm was killed a
 * moment ago is given the time to notice it.
 *
 * @param {string} directory
 */
export async function refuseSecondBerth(directory) {
  const isFreeOrStopping = () => holderOfDataDirectory(directory)?.isStopping !== false;
  const withinSeconds = SECONDS_TO_NOTICE_A_KILLED_PARENT;
  if (!(await until(isFreeOrStopping, { withinSeconds, everyMilliseconds: 100 }))) {
    throw alreadyRunning(directory);
  }
}

/** Whether a Berth runs on a data directory and is not about to stop. @param {string} directory */
export function isInUse(directory) {
  return holderOfDataDirectory(directory)?.isStopping === false;
}

/**
 * The live process that holds a data directory, if there is one.
 *
 * @param {string} directory
 */
export function holderOfDataDirectory(directory) {
  return holderOf(lockFileOf(directory));
}

/**
 * Takes a data directory for this process. One whose Berth is just stopping is waited for.
 *
 * @param {string} directory
 * @throws {StartFailure} when another Berth runs on it
 */
export async function holdDataDirectory(directory) {
  const file = lockFileOf(directory);
  const isSettled = () => !holderOf(file)?.isStopping;
  await until(isSettled, { withinSeconds: SECONDS_FOR_ANOTHER_TO_STOP, everyMilliseconds: 100 });
  const held = tryLock(file);
  if (!held) throw alreadyRunning(directory);
  return held;
}

/**
 * Makes the data directory if it is missing and makes sure that this user may write into it.
 *
 * @param {string} directory
 */
export function ensureWritable(directory) {
  const probe = path.join(directory, `.writable.${process.pid}`);
  try {
    mkdirSync(directory, { recursive: true });
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? cause.code : cause;
    throw new StartFailure(
      `The data directory ${directory} cannot be written by the user "${userName()}" (${reason}): ` +
        'let that user write there, or set BERTH_DATA_DIR to another folder.',
      { cause },
    );
  }
}

/** @param {string} directory */
function alreadyRunning(directory) {
  const pid = holderOfDataDirectory(directory)?.pid;
  return new StartFailure(
    `Berth already runs on ${directory} (process ${pid}): ` +
      'stop it first, or give this one another BERTH_DATA_DIR.',
  );
}

function userName() {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.());
  }
}
