/** Tables of which a look from beginning to end costs more than a search may. */
const largeTables = ['repositories', 'repository_summaries', 'tags', 'manifests', 'search_words'];

/**
 * How often each table was read from beginning to end.
 *
 * @param {import('pg').Client} client @returns {Promise<Map<string, number>>}
 */
export async function countScans(client) {
  await client.query('SELECT pg_stat_force_next_flush(), pg_sleep(1.5)'); // a backend reports once a second
  const { rows } = await client.query('SELECT relname, seq_scan FROM pg_stat_user_tables');
  return new Map(rows.map(({ relname, seq_scan }) => [String(relname), Number(seq_scan)]));
}

/** The large tables that were. @param {import('pg').Client} client @param {Map<string, number>} before */
export async function scannedSince(client, before) {
  const now = await countScans(client);
  return largeTables.filter((table) => now.get(table) !== before.get(table));
}
