import { Inject, Injectable } from '@nestjs/common';
import { Database, IN_BACKGROUND } from '../database/database.js';

/** That an access token or robot secret was used, by its hash or, of what was got with it, by its id. */
export interface CredentialUse {
  readonly kind: 'access_token' | 'robot';
  readonly id?: string;
  readonly secretHash?: Buffer;
  readonly at: Date;
  readonly address: string;
}

/** What is not valid now is not written: an expired or revoked one keeps the time when it last was of use. */
const recordSql = `${IN_BACKGROUND}
  WITH used AS MATERIALIZED (
    SELECT * FROM unnest($1::text[], $2::bigint[], $3::bytea[], $4::timestamptz[], $5::text[])
      AS u(kind, id, hash, at, address)
  ), latest_tokens AS (
    SELECT DISTINCT ON (token.id) token.id, used.at, used.address FROM used
    JOIN access_tokens token ON token.id = used.id OR token.secret_hash = used.hash OR token.previous_secret_hash = used.hash
    WHERE used.kind = 'access_token' AND token.revoked_at IS NULL AND (token.expires_at IS NULL OR token.expires_at > used.at)
    ORDER BY token.id, used.at DESC
  ), latest_robots AS (
    SELECT DISTINCT ON (robot.id) robot.id, used.at, used.address FROM used
    JOIN robots robot ON robot.id = used.id OR robot.secret_hash = used.hash OR robot.previous_secret_hash = used.hash
    WHERE used.kind = 'robot' AND robot.disabled_at IS NULL AND (robot.expires_at IS NULL OR robot.expires_at > used.at)
    ORDER BY robot.id, used.at DESC
  ), written_tokens AS (
    UPDATE access_tokens token SET last_used_at = latest.at, last_used_address = latest.address FROM latest_tokens latest
    WHERE token.id = latest.id AND (token.last_used_at IS NULL OR token.last_used_at < latest.at)
  )
  UPDATE robots robot SET last_used_at = latest.at, last_used_address = latest.address FROM latest_robots latest
  WHERE robot.id = latest.id AND (robot.last_used_at IS NULL OR robot.last_used_at < latest.at)`;

@Injectable()
export class CredentialUseStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** One statement for however many; an older use never replaces a newer one. */
  async record(uses: readonly CredentialUse[]): Promise<void> {
    await this.database.query(recordSql, [
      uses.map(({ kind }) => kind),
      uses.map(({ id }) => id ?? null),
      uses.map(({ secretHash }) => secretHash ?? null),
      uses.map(({ at }) => at),
      uses.map(({ address }) => address),
    ]);
  }
}
