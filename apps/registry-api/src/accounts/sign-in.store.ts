import { Inject, Injectable } from '@nestjs/common';
import { Database, type SqlClient } from '../database/database.js';
import { type LimitKey, type LimitKind, signInLimits } from './sign-in-limits.js';

/** An account as a sign-in needs it. */
export interface SignInAccount {
  readonly id: string;
  readonly passwordHash: string | null;
  readonly credentialsVersion: number;
  readonly isDisabled: boolean;
  /** Whether its last sign-in is so long ago that this one is worth a write. */
  readonly isSignInDue: boolean;
}

interface Row {
  readonly retry_after_seconds: number | null;
  readonly id: string | null;
  readonly password_hash: string | null;
  readonly credentials_version: number;
  readonly is_disabled: boolean;
  readonly is_sign_in_due: boolean;
}

const lookUpSql = `
  SELECT limited.retry_after_seconds, u.id, u.password_hash, u.credentials_version,
    u.disabled_at IS NOT NULL AS is_disabled,
    u.last_sign_in_at IS NULL OR u.last_sign_in_at < now() - interval '1 minute' AS is_sign_in_due
  FROM (
    SELECT max(ceil(extract(epoch FROM f.window_ends_at - now())))::int AS retry_after_seconds
    FROM unnest($2::bytea[], $3::int[]) AS asked (key, most) JOIN sign_in_failures f USING (key)
    WHERE f.failures >= asked.most AND f.window_ends_at > now()
  ) limited LEFT JOIN users u ON u.username = $1`;

@Injectable()
export class SignInStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The account and whether one of the limits is reached, in one round trip. */
  async lookUp(
    username: string,
    limits: readonly LimitKey[],
  ): Promise<{ account?: SignInAccount; retryAfterSeconds?: number }> {
    const [row] = await this.database.query<Row>(
      lookUpSql,
      [username, limits.map(({ key }) => key), limits.map(({ most }) => most)],
      'sign-in',
    );
    if (!row) throw new Error('the sign-in look-up answered no row');
    return { account: toAccount(row), retryAfterSeconds: row.retry_after_seconds ?? undefined };
  }

  /** Counts one failure; a window begins with its first. Answers the limits that are reached by it. */
  async countFailure(client: SqlClient, limits: readonly LimitKey[]): Promise<LimitKind[]> {
    const rows = await client.query<{ key: Buffer; failures: number }>(
      // In one order, so that two failures at once wait for each other instead of locking each other out.
      `INSERT INTO sign_in_failures AS f (key, failures, window_ends_at)
       SELECT key, 1, now() + make_interval(secs => $2) FROM unnest($1::bytea[]) AS asked (key) ORDER BY key
       ON CONFLICT (key) DO UPDATE SET
         failures = CASE WHEN f.window_ends_at > now() THEN f.failures + 1 ELSE 1 END,
         window_ends_at = CASE WHEN f.window_ends_at > now() THEN f.window_ends_at ELSE excluded.window_ends_at END
       RETURNING key, failures`,
      [limits.map(({ key }) => key), signInLimits.windowSeconds],
    );
    const isReached = ({ key, most }: LimitKey) =>
      rows.some((row) => row.key.equals(key) && row.failures === most);
    return limits.filter(isReached).map(({ kind }) => kind);
  }

  /** Writes down a sign-in, at most once a minute; false when somebody has done so meanwhile. */
  async noteSignIn(client: SqlClient, userId: string): Promise<boolean> {
    const rows = await client.query(
      `UPDATE users SET last_sign_in_at = now()
       WHERE id = $1 AND (last_sign_in_at IS NULL OR last_sign_in_at < now() - interval '1 minute') RETURNING id`,
      [userId],
    );
    return rows.length > 0;
  }

  /** Removes what counts for nothing any more. */
  async removeOld(): Promise<void> {
    await this.database.query('DELETE FROM sign_in_failures WHERE window_ends_at < now()');
    await this.database.query('DELETE FROM password_links WHERE expires_at < now()');
  }
}

function toAccount(row: Row): SignInAccount | undefined {
  if (row.id === null) return undefined;
  return {
    id: row.id,
    passwordHash: row.password_hash,
    credentialsVersion: row.credentials_version,
    isDisabled: row.is_disabled,
    isSignInDue: row.is_sign_in_due,
  };
}
