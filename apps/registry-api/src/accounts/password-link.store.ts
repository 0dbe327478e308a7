import { Inject, Injectable } from '@nestjs/common';
import { Database, type SqlClient } from '../database/database.js';

export interface FoundLink {
  readonly userId: string;
  readonly username: string;
  readonly expiresAt: Date;
}

@Injectable()
export class PasswordLinkStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** In the place of the one before. */
  async replace(
    client: SqlClient,
    link: { readonly userId: string; readonly secretHash: Buffer; readonly validSeconds: number },
  ): Promise<Date> {
    const [row] = await client.query<{ expires_at: Date }>(
      `INSERT INTO password_links (user_id, secret_hash, expires_at)
       VALUES ($1, $2, now() + make_interval(secs => $3))
       ON CONFLICT (user_id) DO UPDATE SET
         secret_hash = excluded.secret_hash, created_at = now(), expires_at = excluded.expires_at
       RETURNING expires_at`,
      [link.userId, link.secretHash, link.validSeconds],
    );
    if (!row) throw new Error('an upsert answered no row');
    return row.expires_at;
  }

  /** Undefined for one that was used, has run out or never was, and for that of a disabled account. */
  async find(secretHash: Buffer): Promise<FoundLink | undefined> {
    const [row] = await this.database.query<{ id: string; username: string; expires_at: Date }>(
      `SELECT u.id, u.username, l.expires_at FROM password_links l JOIN users u ON u.id = l.user_id
       WHERE l.secret_hash = $1 AND l.expires_at > now() AND u.disabled_at IS NULL`,
      [secretHash],
    );
    return row && { userId: row.id, username: row.username, expiresAt: row.expires_at };
  }

  /** Of several at once one is true. */
  async use(client: SqlClient, secretHash: Buffer): Promise<boolean> {
    const rows = await client.query(
      'DELETE FROM password_links WHERE secret_hash = $1 AND expires_at > now() RETURNING user_id',
      [secretHash],
    );
    return rows.length > 0;
  }
}
