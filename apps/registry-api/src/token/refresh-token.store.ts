import type { TokenCredential } from '@berth/auth';
import { Inject, Injectable } from '@nestjs/common';
import type { Credential } from '../access/credential.js';
import { Database, IN_BACKGROUND } from '../database/database.js';

/** What a refresh token stands for. Whether its credential still counts is the access look-up's to say. */
export interface RefreshGrant {
  readonly service: string;
  readonly credential: Credential;
}

interface RefreshTokenRow {
  readonly service: string;
  readonly user_id: string | null;
  readonly robot_id: string | null;
  readonly access_token_id: string | null;
  readonly credentials_version: number | null;
}

@Injectable()
export class RefreshTokenStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  async create(secretHash: Buffer, service: string, { kind, id, version }: TokenCredential): Promise<void> {
    const idOf = (column: TokenCredential['kind']) => (kind === column ? id : null);
    await this.database.query(
      `INSERT INTO refresh_tokens (secret_hash, service, user_id, robot_id, access_token_id, credentials_version)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [secretHash, service, idOf('user'), idOf('robot'), idOf('access_token'), version ?? null],
    );
  }

  /** Undefined for one that does not exist or was revoked. Writes down its use, at most once a minute. */
  async use(secretHash: Buffer): Promise<RefreshGrant | undefined> {
    const [row] = await this.database.query<RefreshTokenRow>(
      `WITH found AS (
         SELECT id, service, user_id, robot_id, access_token_id, credentials_version, last_used_at
         FROM refresh_tokens WHERE secret_hash = $1 AND revoked_at IS NULL
       ), used AS (
         UPDATE refresh_tokens SET last_used_at = now()
         WHERE id IN (
           SELECT id FROM found WHERE last_used_at IS NULL OR last_used_at < now() - interval '1 minute')
       )
       SELECT service, user_id, robot_id, access_token_id, credentials_version FROM found`,
      [secretHash],
      'refresh-token-use',
    );
    return row && { service: row.service, credential: toCredential(row) };
  }

  /** Removes those that nobody has used for so long, and revoked ones; answers how many. */
  async removeUnused(seconds: number): Promise<number> {
    const rows = await this.database.query(
      `${IN_BACKGROUND}
       DELETE FROM refresh_tokens
       WHERE revoked_at IS NOT NULL OR coalesce(last_used_at, created_at) < now() - make_interval(secs => $1)
       RETURNING id`,
      [seconds],
    );
    return rows.length;
  }
}

function toCredential(row: RefreshTokenRow): Credential {
  const version = row.credentials_version ?? 0;
  if (row.access_token_id !== null) return { kind: 'access_token', id: row.access_token_id, version };
  if (row.robot_id !== null) return { kind: 'robot', id: row.robot_id, version };
  if (row.user_id !== null) return { kind: 'user', id: row.user_id, version };
  throw new Error('a refresh token is bound to no credential');
}
