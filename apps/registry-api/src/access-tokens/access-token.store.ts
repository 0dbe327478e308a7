import { hashSecret, secretPrefix } from '@berth/auth';
import { Inject, Injectable } from '@nestjs/common';
import type { CredentialFilter } from '../access/credential.schema.js';
import type { AccessTokenScope, CredentialReach, StoredReach } from '../access/credential-reach.js';
import { Database, type SqlClient } from '../database/database.js';

export interface AccessToken extends CredentialReach {
  readonly id: string;
  /** User name. */
  readonly owner: string;
  readonly name: string;
  /** The beginning of the secret. */
  readonly prefix: string;
  readonly scopes: readonly AccessTokenScope[];
  /** Until when the secret before the last rotation counts as well. */
  readonly previousExpiresAt?: Date;
  readonly lastUsedAt?: Date;
  readonly lastUsedAddress?: string;
  readonly createdAt: Date;
}

export interface AccessTokenFilter extends CredentialFilter {
  readonly ownerId?: string;
  /** User name. */
  readonly owner?: string;
}

interface AccessTokenRow {
  readonly id: string;
  readonly owner: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: AccessTokenScope[];
  readonly repositories: string[] | null;
  readonly expires_at: Date | null;
  readonly previous_expires_at: Date | null;
  readonly last_used_at: Date | null;
  readonly last_used_address: string | null;
  readonly created_at: Date;
}

const columns = `token.id, account.username AS owner, token.name, token.prefix, token.scopes, token.repositories,
  token.expires_at, CASE WHEN token.previous_expires_at > now() THEN token.previous_expires_at END AS previous_expires_at,
  token.last_used_at, token.last_used_address, token.created_at`;

/** Revoked ones stay, so that who still has one reads that it was revoked; here they are as if they had gone. */
@Injectable()
export class AccessTokenStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Keeps the hash of the secret, and its beginning. */
  async create(
    client: SqlClient,
    token: StoredReach & { readonly ownerId: string; readonly name: string; readonly secret: string },
  ): Promise<AccessToken> {
    const [row] = await client.query<AccessTokenRow>(
      `WITH token AS (
         INSERT INTO access_tokens (user_id, name, prefix, secret_hash, scopes, repositories, repositories_like, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING *
       )
       SELECT ${columns} FROM token JOIN users account ON account.id = token.user_id`,
      [
        token.ownerId,
        token.name,
        secretPrefix(token.secret),
        hashSecret(token.secret),
        token.scopes,
        token.repositories ?? null,
        token.likePatterns ?? null,
        token.expiresAt ?? null,
      ],
    );
    if (!row) throw new Error('an insert answered no row');
    return toAccessToken(row);
  }

  /** The id of a user, whose row is kept until the transaction ends. */
  async findOwner(client: SqlClient, username: string): Promise<string | undefined> {
    const [row] = await client.query<{ id: string }>(
      'SELECT id FROM users WHERE username = $1 FOR KEY SHARE',
      [username],
    );
    return row?.id;
  }

  /** Of whomever; undefined for one that is revoked or not there. */
  async find(id: string): Promise<AccessToken | undefined> {
    const [row] = await this.database.query<AccessTokenRow>(
      `SELECT ${columns} FROM access_tokens token JOIN users account ON account.id = token.user_id
       WHERE token.id = $1 AND token.revoked_at IS NULL`,
      [id],
    );
    return row && toAccessToken(row);
  }

  /** Newest first, after the id `last`. */
  async list(
    filter: AccessTokenFilter,
    page: { readonly last?: string; readonly limit: number },
  ): Promise<AccessToken[]> {
    const rows = await this.database.query<AccessTokenRow>(
      `SELECT ${columns} FROM access_tokens token JOIN users account ON account.id = token.user_id
       WHERE token.revoked_at IS NULL
         AND ($1::bigint IS NULL OR token.user_id = $1)
         AND ($2::text IS NULL OR account.username = $2)
         AND ($3::boolean IS NULL OR coalesce(token.expires_at <= now(), false) = $3)
         AND ($4::int IS NULL OR coalesce(token.last_used_at, token.created_at) <= now() - make_interval(days => $4))
         AND ($5::bigint IS NULL OR token.id < $5)
       ORDER BY token.id DESC LIMIT $6`,
      [
        filter.ownerId ?? null,
        filter.owner ?? null,
        filter.isExpired ?? null,
        filter.unusedDays ?? null,
        page.last ?? null,
        page.limit,
      ],
    );
    return rows.map(toAccessToken);
  }

  /** Gives it another secret; the one of before counts for `overlapSeconds` more. False when it counts no more. */
  async rotate(client: SqlClient, id: string, secret: string, overlapSeconds: number): Promise<boolean> {
    const rows = await client.query(
      `UPDATE access_tokens SET prefix = $2, secret_hash = $3, credentials_version = credentials_version + 1,
         previous_secret_hash = CASE WHEN $4::int > 0 THEN secret_hash END,
         previous_expires_at = CASE WHEN $4::int > 0 THEN now() + make_interval(secs => $4) END
       WHERE id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now()) RETURNING id`,
      [id, secretPrefix(secret), hashSecret(secret), overlapSeconds],
    );
    return rows.length > 0;
  }

  /** Answers those that were there. */
  async revoke(
    client: SqlClient,
    ids: readonly string[],
  ): Promise<{ id: string; owner: string; name: string }[]> {
    return client.query(
      `UPDATE access_tokens token SET revoked_at = now() FROM users account
       WHERE token.id = ANY ($1::bigint[]) AND token.revoked_at IS NULL AND account.id = token.user_id
       RETURNING token.id, account.username AS owner, token.name`,
      [ids],
    );
  }
}

function toAccessToken(row: AccessTokenRow): AccessToken {
  return {
    id: row.id,
    owner: row.owner,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    repositories: row.repositories ?? undefined,
    expiresAt: row.expires_at ?? undefined,
    previousExpiresAt: row.previous_expires_at ?? undefined,
    lastUsedAt: row.last_used_at ?? undefined,
    lastUsedAddress: row.last_used_address ?? undefined,
    createdAt: row.created_at,
  };
}
