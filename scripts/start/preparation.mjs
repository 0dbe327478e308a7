import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { fromPlain } from './plain-errors.mjs';

/** @typedef {'storage' | 'schema' | 'admin'} Work */
/** @typedef {{ work: Work, databaseUrl: string }} Order */

/**
 * Makes the store and the database ready, in a process that ends when that is done: what it loads for it would take
 * some 40 MiB for as long as Berth runs. It begins to load while Postgres starts.
 */
export class Preparation {
  #process = fork(fileURLToPath(new URL('./preparing-process.mjs', import.meta.url)), [], {
    serialization: 'advanced',
  });

  /** Makes sure that the blob store can be used. @returns {Promise<void>} @throws {StartFailure} that says why it cannot */
  storage() {
    return this.#order({ work: 'storage', databaseUrl: '' });
  }

  /**
   * Brings the schema up to this program. Throws MigrationRefused with one sentence.
   *
   * @param {string} databaseUrl @returns {Promise<{ applied: string[] }>}
   */
  schema(databaseUrl) {
    return this.#order({ work: 'schema', databaseUrl });
  }

  /**
   * Makes the first admin when there is no user yet.
   *
   * @param {string} databaseUrl @returns {Promise<{ username: string, generatedPassword?: string }>}
   */
  admin(databaseUrl) {
    return this.#order({ work: 'admin', databaseUrl });
  }

  /** Lets the process go. */
  end() {
    if (this.#process.connected) this.#process.disconnect();
  }

  /** @param {Order} order @returns {Promise<any>} what the work answers */
  async #order(order) {
    const settled = new AbortController();
    const { signal } = settled;
    try {
      const answered = once(this.#process, 'message', { signal });
      const ended = once(this.#process, 'exit', { signal }).then(([code, by]) => {
        throw new Error(`The process that makes the ${order.work} ready ended with ${by ?? code}.`);
      });
      this.#process.send(order); // what cannot be sent is an 'error' event, which rejects both
      const [{ result, failure }] = await Promise.race([answered, ended]);
      if (failure) throw fromPlain(failure);
      return result;
    } finally {
      settled.abort();
    }
  }
}
