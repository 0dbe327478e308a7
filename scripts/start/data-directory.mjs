import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { until } from './conditions.mjs';
import { StartFailure } from './failure.mjs';
import { alreadyRunning, holderOf } from './lock.mjs';
import { root } from './root.mjs';

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
  const holder = () => {
    const found = holderOf(directory);
    return found?.isStopping ? undefined : found;
  };
  const hasGone = await until(() => !holder(), { withinSeconds: 1.5, everyMilliseconds: 100 });
  const another = hasGone ? undefined : holder();
  if (another) throw alreadyRunning(directory, another);
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

function userName() {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.());
  }
}
