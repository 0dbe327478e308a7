import pg from 'pg';

/** @typedef {{ text: string, values: unknown[], name?: string }} Statement named: a prepared one */

/**
 * Every statement that this process sends to Postgres while `work` runs.
 *
 * @param {() => Promise<unknown>} work
 * @returns {Promise<Statement[]>}
 */
export async function captureStatements(work) {
  const client = /** @type {{ query: Function }} */ (/** @type {unknown} */ (pg.Client.prototype));
  const original = client.query;
  /** @type {Statement[]} */
  const statements = [];
  client.query = function (/** @type {any[]} */ ...args) {
    const [query, values] = args;
    if (typeof query === 'string')
      statements.push({ text: query, values: Array.isArray(values) ? values : [] });
    else statements.push({ text: query.text, values: query.values ?? values ?? [], name: query.name });
    return original.apply(this, args);
  };
  try {
    await work();
  } finally {
    client.query = original;
  }
  return statements;
}
