import { Inject, Injectable } from '@nestjs/common';
import { Database, IN_BACKGROUND } from '../database/database.js';

/** That an access token or robot secret was used, by its hash or, of what was got with it, by its id. */
export interface CredentialUse {
  readonly kind: 'access_token' | 'robot';
  readonly id?: string;
  readonly secretHash?: Buffer;
  readonly at: Date;
  readonly address: string;
  /** Whether it may be the first in `SIGN_IN_SECONDS` from its address; another process may know better. */
  readonly isSignIn: boolean;
}

/** A use of one credential from one address within so many seconds is no sign-in of its own. */
export const SIGN_IN_SECONDS = 60 * 60;

/** What is not valid now is not written: an expired or revoked one keeps the time when it last was of use. */
const recordSql = `${IN_BACKGROUND}
  WITH used AS MATERIALIZED (
    SELECT * FROM unnest($1::text[], $2::bigint[], $3::bytea[], $4::timestamptz[], $5::text[], $6::boolean[])
      WITH ORDINALITY AS u(kind, id, hash, at, address, is_sign_in, ord)
  ), used_tokens AS MATERIALIZED (
    SELECT token.id, token.user_id, token.name, used.at, used.address, used.is_sign_in, used.ord FROM used
    JOIN access_tokens token ON token.id = used.id OR token.secret_hash = used.hash OR token.previous_secret_hash = used.hash
    WHERE used.kind = 'access_token' AND token.revoked_at IS NULL AND (token.expires_at IS NULL OR token.expires_at > used.at)
  ), used_robots AS MATERIALIZED (
    SELECT robot.id, robot.namespace_id, robot.name, used.at, used.address, used.is_sign_in, used.ord FROM used
    JOIN robots robot ON robot.id = used.id OR robot.secret_hash = used.hash OR robot.previous_secret_hash = used.hash
    WHERE used.kind = 'robot' AND robot.disabled_at IS NULL AND (robot.expires_at IS NULL OR robot.expires_at > used.at)
  ), sign_ins AS (
    SELECT DISTINCT ON (used.id, used.address) used.id, used.at, used.address, account.username AS actor,
      'access token ' || used.name AS credential, 'user:' || account.username AS object
    FROM used_tokens used JOIN users account ON account.id = used.user_id WHERE used.is_sign_in
    UNION ALL
    SELECT DISTINCT ON (used.id, used.address) used.id, used.at, used.address, robot.username,
      'robot', 'robot:' || robot.username
    FROM used_robots used JOIN namespaces namespace ON namespace.id = used.namespace_id
    CROSS JOIN LATERAL (SELECT 'robot+' || namespace.name || '+' || used.name AS username) robot
    WHERE used.is_sign_in
  ), recorded AS (
    INSERT INTO audit_log (at, actor, credential, address, action, object, result, details)
    SELECT at, actor, credential, address, 'credential.use', object, 'done', jsonb_build_object('id', id::text)
    FROM sign_ins WHERE NOT EXISTS (
      SELECT FROM audit_log earlier
      WHERE earlier.action = 'credential.use' AND earlier.result = 'done' AND earlier.actor = sign_ins.actor
        AND earlier.at > sign_ins.at - make_interval(secs => $7) AND earlier.address = sign_ins.address
        AND earlier.details ->> 'id' = sign_ins.id::text)
  ), written_tokens AS (
    UPDATE access_tokens token SET last_used_at = latest.at, last_used_address = latest.address
    FROM (SELECT DISTINCT ON (id) id, at, address FROM used_tokens ORDER BY id, at DESC, ord DESC) latest
    WHERE token.id = latest.id AND (token.last_used_at IS NULL OR token.last_used_at < latest.at)
  )
  UPDATE robots robot SET last_used_at = latest.at, last_used_address = latest.address
  FROM (SELECT DISTINCT ON (id) id, at, address FROM used_robots ORDER BY id, at DESC, ord DESC) latest
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
      uses.map(({ isSignIn }) => isSignIn),
      SIGN_IN_SECONDS,
    ]);
  }
}
