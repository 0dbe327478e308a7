import path from 'node:path';
import { build } from './build.mjs';
import { embeddedDataDirectory, ensureWritable, holdDataDirectory, isInUse } from './data-directory.mjs';
import { migrate } from './database.mjs';
import { startPostgres } from './embedded-postgres.mjs';
import { runningPostgresUrl } from './running-postgres.mjs';

/** @typedef {import('../../apps/registry-api/src/env.js').Env} Env */

/**
 * Builds what is not built, but beside a running Berth, whose files a build would pull away: what it was built from is
 * good enough.
 *
 * @returns {Promise<boolean>} whether one runs on the embedded database
 */
export async function buildUnlessRunning() {
  const directory = embeddedDataDirectory(process.env);
  const isRunning = directory !== undefined && isInUse(directory);
  if (!isRunning) await build();
  return isRunning;
}

/**
 * The embedded Postgres that runs, or one started for this and migrated.
 *
 * @param {Env} env @param {import('./shutdown.mjs').Shutdown} shutdown
 */
export async function embeddedDatabaseUrl(env, shutdown) {
  return isInUse(env.dataDirectory) ? runningPostgresUrl(env.dataDirectory) : await start(env, shutdown);
}

/** @param {Env} env @param {import('./shutdown.mjs').Shutdown} shutdown */
async function start({ dataDirectory }, shutdown) {
  ensureWritable(dataDirectory);
  const held = await holdDataDirectory(dataDirectory);
  shutdown.add(() => held.release());
  const postgres = await startPostgres({ dataDirectory: path.join(dataDirectory, 'postgres') });
  shutdown.add(() => postgres.stop());
  await migrate(postgres.url);
  return postgres.url;
}
