import type { AuditEntry } from './audit-entry.js';

/** What both the pool and TypeORM's query runners offer. */
interface Statements {
  query(sql: string, values: unknown[]): Promise<unknown>;
}

const MAX_TEXT = 300;

/** For those who have no `AuditService`: programs of the machine itself. */
export async function insertAuditEntry(client: Statements, entry: AuditEntry): Promise<void> {
  const { actor, action, object, result = 'done', details = {} } = entry;
  await client.query(
    `INSERT INTO audit_log (actor, credential, address, action, object, result, details)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      shown(actor.name),
      shown(actor.credential),
      actor.address ?? null,
      action,
      shown(object),
      result,
      JSON.stringify(details),
    ],
  );
}

/** Names in refused requests are whatever somebody sent: one line, and not long. */
function shown(text: string): string {
  return text.replace(/\p{Cc}/gu, '?').slice(0, MAX_TEXT);
}
