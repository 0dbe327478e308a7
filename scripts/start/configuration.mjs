import { importBuilt } from './built-modules.mjs';
import { POOL_ON_EMBEDDED, poolSizeOfWorker } from './database.mjs';
import { StartFailure } from './failure.mjs';

/** @typedef {import('../../apps/registry-api/src/env.js').Env} Env */

/**
 * @param {NodeJS.ProcessEnv} variables
 * @returns {Promise<Env>}
 * @throws {StartFailure} that says which variable is wrong
 */
export async function readConfiguration(variables) {
  const { parseEnv } = await importBuilt('env.js');
  const parsed = parseEnv({ ...variables });
  if (!parsed.ok) throw new StartFailure(parsed.message);
  return parsed.env;
}

/**
 * What clients call this Berth: the default one follows the port that was found.
 *
 * @param {Env} env @param {number} port @param {NodeJS.ProcessEnv} variables
 */
export function publicUrlOf(env, port, variables) {
  const url = new URL(env.publicUrl);
  if (!variables.BERTH_PUBLIC_URL) url.port = String(port);
  return url;
}

/**
 * The variables of a worker: those given, with what this start has found out in the place of the defaults.
 *
 * @param {Env} env @param {{ port: number, databaseUrl: string }} found @param {NodeJS.ProcessEnv} variables
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export async function workerEnvironment(env, { port, databaseUrl }, variables) {
  const ownPoolSize = () => (env.databaseUrl ? poolSizeOfWorker(databaseUrl, env.workers) : POOL_ON_EMBEDDED);
  return {
    NODE_ENV: 'production',
    ...variables,
    BERTH_PORT: String(port),
    BERTH_PUBLIC_URL: publicUrlOf(env, port, variables).origin,
    BERTH_DATA_DIR: env.dataDirectory,
    BERTH_DATABASE_URL: databaseUrl,
    BERTH_DATABASE_POOL_SIZE: variables.BERTH_DATABASE_POOL_SIZE || String(await ownPoolSize()),
  };
}
