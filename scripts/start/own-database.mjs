import path from 'node:path';
import { build } from './build.mjs';
import { readConfiguration } from './configuration.mjs';
import { embeddedDataDirectory, ensureWritable, holdDataDirectory, isInUse } from './data-directory.mjs';
import { migrate } from './database.mjs';
import { startPostgres } from './embedded-postgres.mjs';
import { runningPostgresUrl } from './running-postgres.mjs';

/** @typedef {import('../../apps/registry-api/src/env.js').Env} Env */

/**
 * For programs beside a running Berth, or without one: the configuration, and the database, which is started and
 * migrated when it is an embedded one that does not run.
 *
 * @param {import('./shutdown.mjs').Shutdown} shutdown ends what was started
 * @returns {Promise<{ env: Env, databaseUrl: string, isInUse: boolean }>}
 */
export async function openOwnDatabase(shutdown) {
  const directory = embeddedDataDirectory(process.env);
  const isRunning = directory !== undefined && isInUse(directory);
  // A build would pull a running Berth's files away; what it was built from is good enough.
  if (!isRunning) await build();
  const env = await readConfiguration(process.env);
  if (env.databaseUrl) return { env, databaseUrl: env.databaseUrl, isInUse: false };
  const databaseUrl = isRunning ? runningPostgresUrl(env.dataDirectory) : await start(env, shutdown);
  return { env, databaseUrl, isInUse: isRunning };
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
