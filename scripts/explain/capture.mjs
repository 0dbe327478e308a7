import pg from 'pg';

/**
 * Every statement that this process sends to Postgres while `work` runs.
 *
 * @param {() => Promise<unknown>} work
 * @returns {Promise<{ text: string, values: unknown[] }[]>}
 */
export async function captureStatements(work) {
  const client = /** @type {{ query: Function }} */ (/** @type {unknown} */ (pg.Client.prototype));
  const original = client.query;
  /** @type {{ text: string, values: unknown[] }[]} */
  const statements = [];
  client.query = function (/** @type {any[]} */ ...args) {
    const [query, values] = args;
    if (typeof query === 'string')
      statements.push({ text: query, values: Array.isArray(values) ? values : [] });
    else statements.push({ text: query.text, values: query.values ?? values ?? [] });
    return original.apply(this, args);
  };
  try {
    await work();
  } finally {
    client.query = original;
  }
  return statements;
}
