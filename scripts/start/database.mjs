import pg from 'pg';
import { importBuilt } from './built-modules.mjs';
import { StartFailure } from './failure.mjs';

const SHARE_OF_CONNECTIONS = 0.8;
/**
 * The pool of one worker on the embedded server: look-ups travel together, and each connection takes ten to twenty MiB
 * of Postgres' memory once it has planned every statement. With 16 nothing was faster.
 */
export const POOL_ON_EMBEDDED = 8;
/** Those that a worker has beside its pool, for live events and to watch whether Postgres answers. */
const BESIDE_POOL = 2;
/** For backups, the command line and whoever looks. */
const OTHER_CONNECTIONS = 20;

/** How many connections the embedded server takes. @param {number} workers */
export function connectionsFor(workers) {
  return workers * (POOL_ON_EMBEDDED + BESIDE_POOL) + OTHER_CONNECTIONS;
}

/**
 * Brings the schema up to this program.
 *
 * @param {string} url
 * @returns {Promise<{ applied: string[] }>}
 * @throws MigrationRefused with one sentence
 */
export async function migrate(url) {
  const module = await importBuilt('migrate.js');
  return module.migrate(url);
}

/**
 * Makes the first admin when there is no user yet.
 *
 * @param {string} url @param {{ username: string, password?: string }} admin
 * @returns {Promise<{ username: string, generatedPassword?: string }>}
 */
export async function bootstrapAdmin(url, admin) {
  const module = await importBuilt('accounts/bootstrap-admin.js');
  try {
    return await module.bootstrapAdmin(url, admin);
  } catch (cause) {
    if (!(cause instanceof Error) || cause.name !== 'InvalidNamespaceName') throw cause;
    throw new StartFailure(`BERTH_ADMIN_USERNAME: ${cause.message}`, { cause });
  }
}

/**
 * How many connections each of several workers may hold, so that all of them leave a fifth of what the server
 * takes to others.
 *
 * @param {string} url @param {number} workers
 */
export async function poolSizeOfWorker(url, workers) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query('SHOW max_connections');
    const all = Number(rows[0]?.max_connections);
    return Math.max(2, Math.floor((all * SHARE_OF_CONNECTIONS) / workers));
  } finally {
    await client.end();
  }
}
