import { Inject, Injectable } from '@nestjs/common';
import { Database, type SqlClient } from '../database/database.js';
import type { ProvenIdentity } from './proven-identity.js';

/** The account behind an identity. */
export interface IdentifiedUser {
  readonly id: string;
  readonly username: string;
  readonly credentialsVersion: number;
  readonly isDisabled: boolean;
}

/** An identity as its user sees it. */
export interface LinkedIdentity {
  readonly provider: string;
  readonly displayName?: string;
  readonly createdAt: Date;
  readonly lastSignInAt?: Date;
}

interface UserRow {
  readonly id: string;
  readonly username: string;
  readonly credentials_version: number;
  readonly is_disabled: boolean;
}

interface IdentityRow {
  readonly provider: string;
  readonly display_name: string | null;
  readonly created_at: Date;
  readonly last_sign_in_at: Date | null;
}

@Injectable()
export class IdentityStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Locked until the transaction ends, so that two sign-ins of one person come one after the other. */
  async findUser(
    client: SqlClient,
    provider: string,
    { issuer, subject }: ProvenIdentity,
  ): Promise<IdentifiedUser | undefined> {
    const [row] = await client.query<UserRow>(
      `SELECT u.id, u.username, u.credentials_version, u.disabled_at IS NOT NULL AS is_disabled
       FROM user_identities i JOIN users u ON u.id = i.user_id
       WHERE i.provider = $1 AND i.issuer = $2 AND i.subject = $3 FOR NO KEY UPDATE`,
      [provider, issuer, subject],
    );
    return row && toUser(row);
  }

  async lockUser(client: SqlClient, userId: string): Promise<IdentifiedUser | undefined> {
    const [row] = await client.query<UserRow>(
      `SELECT id, username, credentials_version, disabled_at IS NOT NULL AS is_disabled
       FROM users WHERE id = $1 FOR NO KEY UPDATE`,
      [userId],
    );
    return row && toUser(row);
  }

  /** False when the user has another identity of the provider, or another user has this one. */
  async link(
    client: SqlClient,
    provider: string,
    { issuer, subject }: ProvenIdentity,
    userId: string,
  ): Promise<boolean> {
    const rows = await client.query(
      `INSERT INTO user_identities (provider, issuer, subject, user_id) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING RETURNING user_id`,
      [provider, issuer, subject, userId],
    );
    return rows.length > 0;
  }

  /** What the provider says now of who has just come from it. */
  async describe(client: SqlClient, provider: string, identity: ProvenIdentity): Promise<void> {
    const { issuer, subject, groups, preferredUsername, email, name } = identity;
    await client.query(
      `UPDATE user_identities SET display_name = $4, groups = $5, last_sign_in_at = now()
       WHERE provider = $1 AND issuer = $2 AND subject = $3`,
      [provider, issuer, subject, email ?? preferredUsername ?? name ?? null, groups],
    );
  }

  /** By provider. */
  async list(userId: string): Promise<LinkedIdentity[]> {
    const rows = await this.database.query<IdentityRow>(
      `SELECT provider, display_name, created_at, last_sign_in_at FROM user_identities
       WHERE user_id = $1 ORDER BY provider`,
      [userId],
    );
    return rows.map((row) => ({
      provider: row.provider,
      displayName: row.display_name ?? undefined,
      createdAt: row.created_at,
      lastSignInAt: row.last_sign_in_at ?? undefined,
    }));
  }

  /** False when the user has none of this provider. */
  async unlink(client: SqlClient, userId: string, provider: string): Promise<boolean> {
    const rows = await client.query(
      'DELETE FROM user_identities WHERE user_id = $1 AND provider = $2 RETURNING provider',
      [userId, provider],
    );
    return rows.length > 0;
  }

  /** Whether the user can sign in by a password or another identity; of a user who is locked. */
  async hasOtherWayIn(client: SqlClient, userId: string): Promise<boolean> {
    const [row] = await client.query<{ has_way: boolean }>(
      `SELECT u.password_hash IS NOT NULL OR EXISTS (SELECT FROM user_identities i WHERE i.user_id = u.id) AS has_way
       FROM users u WHERE u.id = $1`,
      [userId],
    );
    return row?.has_way ?? false;
  }
}

function toUser(row: UserRow): IdentifiedUser {
  return {
    id: row.id,
    username: row.username,
    credentialsVersion: row.credentials_version,
    isDisabled: row.is_disabled,
  };
}
