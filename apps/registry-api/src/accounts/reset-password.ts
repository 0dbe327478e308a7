import { randomBytes } from 'node:crypto';
import { hashPassword } from '@berth/auth';
import pg from 'pg';
import { insertAuditEntry } from '../audit/audit-insert.js';
import type { SqlClient } from '../database/database.js';
import { AccountChangeStore } from './account-change.store.js';

export interface ResetPassword {
  readonly password: string;
  readonly isAdmin: boolean;
  readonly isDisabled: boolean;
}

/**
 * Gives a user a new, generated password, for whoever has the machine and is locked out: ends sessions and what was
 * got with the old one, and forgets failed sign-ins. Undefined when there is no such user.
 */
export async function resetPassword(
  databaseUrl: string,
  username: string,
): Promise<ResetPassword | undefined> {
  const connection = new pg.Client({ connectionString: databaseUrl });
  await connection.connect();
  const client: SqlClient = {
    query: async (sql, values) => (await connection.query(sql, values)).rows,
  };
  try {
    await client.query('BEGIN');
    const reset = await resetWithin(client, username);
    await client.query('COMMIT');
    return reset;
  } finally {
    await connection.end();
  }
}

async function resetWithin(client: SqlClient, username: string): Promise<ResetPassword | undefined> {
  const changes = new AccountChangeStore();
  const user = await changes.lock(client, username);
  if (!user) return undefined;
  const password = randomBytes(15).toString('base64url');
  await changes.setPassword(client, user.id, await hashPassword(password));
  await client.query('DELETE FROM sign_in_failures');
  await insertAuditEntry(client, {
    actor: { name: 'system', credential: 'this machine' },
    action: 'password.set',
    object: `user:${username}`,
  });
  return { password, isAdmin: user.isAdmin, isDisabled: user.isDisabled };
}
