import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';

export interface BegunLogin {
  readonly stateHash: Buffer;
  readonly browserHash: Buffer;
  readonly provider: string;
  readonly next: string;
  /** Of the session whose user links an account; undefined for a sign-in. */
  readonly sessionId?: string;
}

export interface FinishedLogin {
  readonly next: string;
  /** Who links an account. */
  readonly linking?: { readonly userId: string };
}

const VALID_SECONDS = 10 * 60;

@Injectable()
export class OidcLoginStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Removes those that have run out as well. */
  async begin({ stateHash, browserHash, provider, next, sessionId }: BegunLogin): Promise<void> {
    await this.database.query('DELETE FROM oidc_logins WHERE expires_at < now()');
    await this.database.query(
      `INSERT INTO oidc_logins (state_hash, browser_hash, provider, next, session_id, expires_at)
       VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))`,
      [stateHash, browserHash, provider, next, sessionId ?? null, VALID_SECONDS],
    );
  }

  /**
   * Once: of several at the same time one gets it. Another browser does not use it up; undefined for that, and for
   * what has run out or was begun with another provider.
   */
  async finish(stateHash: Buffer, browserHash: Buffer, provider: string): Promise<FinishedLogin | undefined> {
    const [row] = await this.database.query<{ next: string; user_id: string | null }>(
      `DELETE FROM oidc_logins WHERE state_hash = $1 AND browser_hash = $2 AND provider = $3 AND expires_at > now()
       RETURNING next, (SELECT s.user_id FROM sessions s WHERE s.id = session_id) AS user_id`,
      [stateHash, browserHash, provider],
    );
    if (!row) return undefined;
    return { next: row.next, linking: row.user_id === null ? undefined : { userId: row.user_id } };
  }
}
