import { hashSecret, secretPrefix } from '@berth/auth';
import { Injectable } from '@nestjs/common';
import type { StoredReach } from '../access/credential-reach.js';
import { type SqlClient, violatedUnique } from '../database/database.js';

export interface NewRobot extends StoredReach {
  readonly namespaceId: string;
  readonly name: string;
  readonly description: string;
  readonly secret: string;
}

/** What is undefined stays as it is; null takes a limit or an end away. */
export interface RobotChanges {
  readonly description?: string;
  readonly scopes?: readonly string[];
  readonly limits?: { readonly names: readonly string[]; readonly likePatterns: readonly string[] } | null;
  readonly expiresAt?: Date | null;
  readonly isDisabled?: boolean;
}

@Injectable()
export class RobotWriterStore {
  /** Keeps the hash of the secret, and its beginning. False when the namespace has a robot of this name. */
  async create(client: SqlClient, robot: NewRobot): Promise<boolean> {
    try {
      await client.query(
        `INSERT INTO robots (namespace_id, name, description, prefix, secret_hash, scopes, repositories,
           repositories_like, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          robot.namespaceId,
          robot.name,
          robot.description,
          secretPrefix(robot.secret),
          hashSecret(robot.secret),
          robot.scopes,
          robot.repositories ?? null,
          robot.likePatterns ?? null,
          robot.expiresAt ?? null,
        ],
      );
      return true;
    } catch (error) {
      if (violatedUnique(error) === 'robots_namespace_name_uq') return false;
      throw error;
    }
  }

  /** False when there is no such robot. */
  async change(
    client: SqlClient,
    namespaceId: string,
    name: string,
    { description, scopes, limits, expiresAt, isDisabled }: RobotChanges,
  ): Promise<boolean> {
    const rows = await client.query(
      `UPDATE robots SET description = coalesce($3, description), scopes = coalesce($4, scopes),
         repositories = CASE WHEN $5 THEN $6 ELSE repositories END,
         repositories_like = CASE WHEN $5 THEN $7 ELSE repositories_like END,
         expires_at = CASE WHEN $8 THEN $9 ELSE expires_at END,
         disabled_at = CASE WHEN $10 THEN coalesce(disabled_at, now()) WHEN NOT $10 THEN NULL ELSE disabled_at END
       WHERE namespace_id = $1 AND name = $2 RETURNING id`,
      [
        namespaceId,
        name,
        description ?? null,
        scopes ?? null,
        limits !== undefined,
        limits?.names ?? null,
        limits?.likePatterns ?? null,
        expiresAt !== undefined,
        expiresAt ?? null,
        isDisabled ?? null,
      ],
    );
    return rows.length > 0;
  }

  /** Gives it another secret; the one of before counts for `overlapSeconds` more. False when it has expired. */
  async rotate(client: SqlClient, id: string, secret: string, overlapSeconds: number): Promise<boolean> {
    const rows = await client.query(
      `UPDATE robots SET prefix = $2, secret_hash = $3, credentials_version = credentials_version + 1,
         previous_secret_hash = CASE WHEN $4::int > 0 THEN secret_hash END,
         previous_expires_at = CASE WHEN $4::int > 0 THEN now() + make_interval(secs => $4) END
       WHERE id = $1 AND (expires_at IS NULL OR expires_at > now()) RETURNING id`,
      [id, secretPrefix(secret), hashSecret(secret), overlapSeconds],
    );
    return rows.length > 0;
  }

  /** With its grants, and all that was got with its secret. Answers those that were there. */
  async delete(
    client: SqlClient,
    ids: readonly string[],
  ): Promise<{ id: string; namespace: string; name: string }[]> {
    return client.query(
      `DELETE FROM robots robot USING namespaces namespace
       WHERE robot.id = ANY ($1::bigint[]) AND namespace.id = robot.namespace_id
       RETURNING robot.id, namespace.name AS namespace, robot.name`,
      [ids],
    );
  }
}
