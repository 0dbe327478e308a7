import { IN_BACKGROUND } from '../database/database.js';
import type { Actor, AuditAction, AuditEntry } from './audit-entry.js';

/** What both the pool and TypeORM's query runners offer. */
interface Statements {
  query(sql: string, values: unknown[]): Promise<unknown>;
}

const MAX_TEXT = 300;

/** For those who have no `AuditService`: programs of the machine itself. */
export async function insertAuditEntry(client: Statements, entry: AuditEntry): Promise<void> {
  await client.query(
    `INSERT INTO audit_log (actor, credential, address, action, object, result, details)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    columnsOf(entry),
  );
}

/** The same for many, in one statement that no request waits for. */
export async function insertAuditEntries(client: Statements, entries: readonly AuditEntry[]): Promise<void> {
  const rows = entries.map(columnsOf);
  const columns = [0, 1, 2, 3, 4, 5, 6].map((column) => rows.map((row) => row[column]));
  await client.query(
    `${IN_BACKGROUND}
     INSERT INTO audit_log (actor, credential, address, action, object, result, details)
     SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[])`,
    columns,
  );
}

function columnsOf({ actor, action, object, result = 'done', details = {} }: AuditEntry): unknown[] {
  return [
    shown(actor.name),
    shown(actor.credential),
    actor.address ?? null,
    action,
    shown(object),
    result,
    JSON.stringify(details),
  ];
}

/** Names in refused requests are whatever somebody sent: one line, and not long. */
function shown(text: string): string {
  return text.replace(/\p{Cc}/gu, '?').slice(0, MAX_TEXT);
}

/** Who changes what, for statements that write their own entry. */
export interface AuditedChange {
  readonly actor: Actor;
  /** As in `AuditEntry`. */
  readonly object: string;
}

/**
 * The entry of a change as part of the statement that makes it, so that it costs no round trip. Its four parameters,
 * from `$first` on, are those of `auditParameters`; `details` is a jsonb expression, and an entry is written for every
 * row of `source`.
 */
export function auditInsertSql(action: AuditAction, first: number, details: string, source = ''): string {
  return `INSERT INTO audit_log (actor, credential, address, action, object, result, details)
    SELECT $${first}::text, $${first + 1}::text, $${first + 2}::text, '${action}', $${first + 3}::text, 'done', ${details}
    ${source}`;
}

export function auditParameters({ actor, object }: AuditedChange): unknown[] {
  return [shown(actor.name), shown(actor.credential), actor.address ?? null, shown(object)];
}
