import type { SqlClient } from '../database/database.js';
import type { ArchiveTables } from './archive-layout.js';

/** Tables that stay behind, and why. Every other table goes along, also one that a later migration makes. */
export const leftOutTables: Readonly<Record<string, string>> = {
  migrations: 'the other Berth has its own, and must have the same',
  sessions: 'people sign in again',
  oidc_logins: 'sign-ins on their way to a provider, of minutes',
  sign_in_failures: 'counts of minutes',
  job_runs: 'what jobs did in this Berth',
  removed_blobs: 'objects that are still to be removed from this store',
  fsck_runs: 'how far checks have come in this store',
  uploads: 'bytes that are no blob yet; clients begin anew',
  signing_keys: 'private keys, whose tokens live five minutes; the other Berth makes its own',
};

interface TableRow {
  readonly name: string;
  readonly columns: string[];
  readonly refers_to: string[];
}

/** Tables and their columns as the schema has them now, in an order in which every row finds what it refers to. */
export async function findBackedUpTables(client: SqlClient): Promise<ArchiveTables> {
  const rows = await client.query<TableRow>(`
    SELECT class.relname AS name,
      ARRAY(
        SELECT attname::text FROM pg_attribute
        WHERE attrelid = class.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum) AS columns,
      ARRAY(
        SELECT target.relname::text FROM pg_constraint JOIN pg_class target ON target.oid = confrelid
        WHERE conrelid = class.oid AND contype = 'f' AND confrelid <> class.oid) AS refers_to
    FROM pg_class class
    WHERE class.relkind = 'r' AND class.relnamespace = 'public'::regnamespace ORDER BY class.relname`);
  return inOrder(rows.filter(({ name }) => !(name in leftOutTables)));
}

function inOrder(tables: readonly TableRow[]): ArchiveTables {
  const ordered: ArchiveTables = [];
  const isPlaced = (name: string) => ordered.some((table) => table.name === name);
  while (ordered.length < tables.length) {
    const next = tables.find(({ name, refers_to }) => !isPlaced(name) && refers_to.every(isPlaced));
    if (!next) {
      const left = tables.filter(({ name }) => !isPlaced(name)).map(({ name }) => name);
      throw new Error(`tables that cannot be filled one after the other: ${left.join(', ')}`);
    }
    ordered.push({ name: next.name, columns: next.columns });
  }
  return ordered;
}

/** The migrations a database has, oldest first. */
export async function findMigrations(client: SqlClient): Promise<string[]> {
  const rows = await client.query<{ name: string }>('SELECT name FROM migrations ORDER BY id');
  return rows.map(({ name }) => name);
}

/** How far each counter of ids has come: an id must not be given out again, also one of what was deleted. */
export async function findSequences(client: SqlClient): Promise<{ name: string; lastValue: string }[]> {
  const rows = await client.query<{ name: string; last_value: string }>(
    `SELECT sequencename AS name, last_value FROM pg_sequences
     WHERE schemaname = 'public' AND last_value IS NOT NULL AND sequencename !~ '^migrations_'
     ORDER BY sequencename`,
  );
  return rows.map(({ name, last_value }) => ({ name, lastValue: last_value }));
}

/** `COPY`'s target: names as the catalogue has them. */
export function copyTarget({ name, columns }: ArchiveTables[number]): string {
  const quoted = columns.map((column) => `"${column.replaceAll('"', '""')}"`);
  return `"${name.replaceAll('"', '""')}" (${quoted.join(', ')})`;
}
