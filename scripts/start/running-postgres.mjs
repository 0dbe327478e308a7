import { readFileSync } from 'node:fs';
import path from 'node:path';
import { StartFailure } from './failure.mjs';
import { DATABASE, ROLE } from './postgres-cluster.mjs';

/**
 * The address of the Postgres that a running Berth has started on a data directory, from what it left there.
 *
 * @param {string} dataDirectory
 * @returns {string}
 * @throws {StartFailure} while it is still starting, or when this user may not read it
 */
export function runningPostgresUrl(dataDirectory) {
  const read = (/** @type {string} */ name) =>
    readFileSync(path.join(dataDirectory, 'postgres', name), 'utf8').trim();
  try {
    return `postgres://${ROLE}:${read('password')}@127.0.0.1:${read('port')}/${DATABASE}`;
  } catch (cause) {
    throw new StartFailure(
      `Berth runs on ${dataDirectory}, but its database cannot be found (yet): try again in a moment, ` +
        'as the user who has started Berth.',
      { cause },
    );
  }
}
