import { existsSync, readFileSync } from 'node:fs';
import pg from 'pg';

/**
 * @typedef {object} Statement
 * @property {string} text
 * @property {unknown[]} values
 * @property {number} milliseconds from when it was sent until its answer had come
 * @property {number} processorMilliseconds for which Postgres' process was busy with it; 0 where no system tells
 */

/** Every statement that is sent from now on; whoever reads the list may empty it. */
export function watchStatements() {
  /** @type {Statement[]} */
  const statements = [];
  const original = pg.Client.prototype.query;
  pg.Client.prototype.query = function (/** @type {unknown[]} */ ...args) {
    const { text = '', values = [] } = /** @type {{ text?: string, values?: unknown[] }} */ (args[0]);
    const callback = args.at(-1);
    if (typeof callback === 'function') {
      const began = performance.now();
      const busy = busyMilliseconds(this);
      args[args.length - 1] = (/** @type {unknown[]} */ ...results) => {
        const milliseconds = performance.now() - began;
        statements.push({ text, values, milliseconds, processorMilliseconds: busyMilliseconds(this) - busy });
        Reflect.apply(callback, undefined, results);
      };
    }
    return Reflect.apply(original, this, args);
  };
  return statements;
}

/** How long Linux has let the process of a connection run. Other programs on the machine do not count into it. */
function busyMilliseconds(/** @type {unknown} */ client) {
  const { processID } = /** @type {{ processID?: number }} */ (client);
  const file = `/proc/${processID}/schedstat`;
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6 : 0;
}
