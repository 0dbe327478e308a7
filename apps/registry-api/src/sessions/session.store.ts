import { Inject, Injectable } from '@nestjs/common';
import { Database, type SqlClient } from '../database/database.js';
import { sessionLifetime } from './session-lifetime.js';

export interface Session {
  readonly id: string;
  readonly address?: string;
  readonly userAgent?: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
}

export interface NewSession {
  readonly userId: string;
  readonly credentialsVersion: number;
  readonly secretHash: Buffer;
  readonly address: string;
  readonly userAgent?: string;
}

interface SessionRow {
  readonly id: string;
  readonly address: string | null;
  readonly user_agent: string | null;
  readonly created_at: Date;
  readonly last_used_at: Date;
  readonly expires_at: Date;
}

const columns = 's.id, s.address, s.user_agent, s.created_at, s.last_used_at, s.expires_at';

@Injectable()
export class SessionStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  async create(client: SqlClient, session: NewSession): Promise<{ id: string; createdAt: Date }> {
    const { userId, credentialsVersion, secretHash, address, userAgent } = session;
    await client.query(
      `DELETE FROM sessions WHERE id IN (
         SELECT id FROM sessions WHERE user_id = $1 ORDER BY last_used_at DESC, id DESC OFFSET $2)`,
      [userId, sessionLifetime.mostPerUser - 1],
    );
    const [row] = await client.query<{ id: string; created_at: Date }>(
      `INSERT INTO sessions (user_id, secret_hash, credentials_version, address, user_agent, expires_at)
       VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6)) RETURNING id, created_at`,
      [userId, secretHash, credentialsVersion, address, userAgent ?? null, sessionLifetime.idleSeconds],
    );
    if (!row) throw new Error('a session was not made');
    return { id: row.id, createdAt: row.created_at };
  }

  /** Those that count, the newest first, after the one with the id `last`. */
  async list(userId: string, page: { readonly last?: string; readonly limit: number }): Promise<Session[]> {
    const rows = await this.database.query<SessionRow>(
      `SELECT ${columns} FROM sessions s JOIN users u ON u.id = s.user_id
       WHERE s.user_id = $1 AND s.credentials_version = u.credentials_version AND s.expires_at > now()
         AND ($2::bigint IS NULL OR s.id < $2)
       ORDER BY s.id DESC LIMIT $3`,
      [userId, page.last ?? null, page.limit],
    );
    return rows.map(toSession);
  }

  /** False when this user has no such session. */
  async delete(client: SqlClient, userId: string, id: string): Promise<boolean> {
    const rows = await client.query('DELETE FROM sessions WHERE user_id = $1 AND id = $2 RETURNING id', [
      userId,
      id,
    ]);
    return rows.length > 0;
  }

  /** All of a user's but one; answers how many. */
  async deleteOthers(client: SqlClient, userId: string, keptId?: string): Promise<number> {
    const rows = await client.query(
      'DELETE FROM sessions WHERE user_id = $1 AND id IS DISTINCT FROM $2 RETURNING id',
      [userId, keptId ?? null],
    );
    return rows.length;
  }

  async deleteBySecrets(client: SqlClient, secretHashes: readonly Buffer[]): Promise<void> {
    await client.query('DELETE FROM sessions WHERE secret_hash = ANY ($1::bytea[])', [secretHashes]);
  }

  /** Writes down a use, unless somebody has done so just before, and puts off the end. */
  async touch(id: string): Promise<void> {
    const { idleSeconds, totalSeconds, touchSeconds } = sessionLifetime;
    await this.database.query(
      `UPDATE sessions SET last_used_at = now(),
         expires_at = least(now() + make_interval(secs => $2), created_at + make_interval(secs => $3))
       WHERE id = $1 AND expires_at > now() AND last_used_at < now() - make_interval(secs => $4)`,
      [id, idleSeconds, totalSeconds, touchSeconds],
    );
  }

  async removeExpired(): Promise<void> {
    await this.database.query('DELETE FROM sessions WHERE expires_at < now()');
  }
}

function toSession(row: SessionRow): Session {
  return {
    id: row.id,
    address: row.address ?? undefined,
    userAgent: row.user_agent ?? undefined,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
  };
}
