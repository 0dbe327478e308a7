import { Injectable } from '@nestjs/common';
import type { SqlClient } from '../database/database.js';
import { asConflict } from './user.store.js';

/** A user as one who is about to be changed, locked until the transaction ends. */
export interface LockedUser {
  readonly id: string;
  readonly username: string;
  readonly namespaceId: string;
  readonly isAdmin: boolean;
  readonly isDisabled: boolean;
  /** Whether Berth has another admin who is not disabled. */
  readonly hasOtherAdmin: boolean;
}

interface LockedRow {
  readonly id: string;
  readonly username: string;
  readonly namespace_id: string;
  readonly is_admin: boolean;
  readonly is_disabled: boolean;
  readonly has_other_admin: boolean;
}

/** Changes of who may administer are made one after the other, or two could each leave it to the other. */
const ADMINS_LOCK = 0x626572746c;

/** Changes to accounts, each within a transaction of its caller. */
@Injectable()
export class AccountChangeStore {
  async lock(client: SqlClient, username: string): Promise<LockedUser | undefined> {
    await client.query('SELECT pg_advisory_xact_lock($1)', [ADMINS_LOCK]);
    const [row] = await client.query<LockedRow>(
      `SELECT u.id, u.username, u.namespace_id, u.is_admin, u.disabled_at IS NOT NULL AS is_disabled,
         EXISTS (
           SELECT FROM users other WHERE other.is_admin AND other.disabled_at IS NULL AND other.id <> u.id
         ) AS has_other_admin
       FROM users u WHERE u.username = $1 FOR NO KEY UPDATE`,
      [username],
    );
    return (
      row && {
        id: row.id,
        username: row.username,
        namespaceId: row.namespace_id,
        isAdmin: row.is_admin,
        isDisabled: row.is_disabled,
        hasOtherAdmin: row.has_other_admin,
      }
    );
  }

  async setAdmin(client: SqlClient, userId: string, isAdmin: boolean): Promise<void> {
    await client.query('UPDATE users SET is_admin = $2 WHERE id = $1', [userId, isAdmin]);
  }

  /** Throws `Conflict` for an address of another account. */
  async setEmail(client: SqlClient, userId: string, email: string | null): Promise<void> {
    try {
      await client.query('UPDATE users SET email = $2 WHERE id = $1', [userId, email]);
    } catch (error) {
      throw asConflict(error, '');
    }
  }

  /** Ends what was got with the password, so that it does not come back when the account is enabled again. */
  async disable(client: SqlClient, userId: string): Promise<void> {
    await client.query(
      'UPDATE users SET disabled_at = now(), credentials_version = credentials_version + 1 WHERE id = $1',
      [userId],
    );
    await this.removeSignIns(client, userId);
  }

  async enable(client: SqlClient, userId: string): Promise<void> {
    await client.query('UPDATE users SET disabled_at = NULL WHERE id = $1', [userId]);
  }

  /** Ends every session and every token that was got with the password before. Answers the new version. */
  async setPassword(client: SqlClient, userId: string, passwordHash: string): Promise<number> {
    const [row] = await client.query<{ credentials_version: number }>(
      `UPDATE users SET password_hash = $2, is_password_temporary = false,
         credentials_version = credentials_version + 1
       WHERE id = $1 RETURNING credentials_version`,
      [userId, passwordHash],
    );
    if (!row) throw new Error('the user of a new password is gone');
    await this.removeSignIns(client, userId);
    return row.credentials_version;
  }

  /** Everybody's, since those of an address are not known by user. */
  async forgetFailedSignIns(client: SqlClient): Promise<void> {
    await client.query('DELETE FROM sign_in_failures');
  }

  /** The version has ended them already; this keeps nothing of them. */
  private async removeSignIns(client: SqlClient, userId: string): Promise<void> {
    await client.query('DELETE FROM sessions WHERE user_id = $1', [userId]);
    await client.query('DELETE FROM password_links WHERE user_id = $1', [userId]);
    await client.query('DELETE FROM refresh_tokens WHERE user_id = $1', [userId]);
  }
}
