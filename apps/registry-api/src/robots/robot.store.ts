import { Inject, Injectable } from '@nestjs/common';
import type { CredentialFilter } from '../access/credential.schema.js';
import type { CredentialReach, RobotScope } from '../access/credential-reach.js';
import { Database } from '../database/database.js';

/** A robot account of a namespace. */
export interface Robot extends CredentialReach {
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly description: string;
  /** The beginning of the secret. */
  readonly prefix: string;
  readonly scopes: readonly RobotScope[];
  /** Until when the secret before the last rotation counts as well. */
  readonly previousExpiresAt?: Date;
  readonly isDisabled: boolean;
  readonly lastUsedAt?: Date;
  readonly lastUsedAddress?: string;
  readonly createdAt: Date;
}

export interface RobotFilter extends CredentialFilter {
  /** Its name. */
  readonly namespace?: string;
}

interface RobotRow {
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly description: string;
  readonly prefix: string;
  readonly scopes: RobotScope[];
  readonly repositories: string[] | null;
  readonly expires_at: Date | null;
  readonly previous_expires_at: Date | null;
  readonly is_disabled: boolean;
  readonly last_used_at: Date | null;
  readonly last_used_address: string | null;
  readonly created_at: Date;
}

const select = `
  SELECT robot.id, namespace.name AS namespace, robot.name, robot.description, robot.prefix, robot.scopes, robot.repositories,
    robot.expires_at, CASE WHEN robot.previous_expires_at > now() THEN robot.previous_expires_at END AS previous_expires_at,
    robot.disabled_at IS NOT NULL AS is_disabled, robot.last_used_at, robot.last_used_address, robot.created_at
  FROM robots robot JOIN namespaces namespace ON namespace.id = robot.namespace_id`;

/** Reads robots; `robot-writer.store.ts` writes them. */
@Injectable()
export class RobotStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** By name, after `last`. */
  async list(
    namespaceId: string,
    page: { readonly last?: string; readonly limit: number },
  ): Promise<Robot[]> {
    const rows = await this.database.query<RobotRow>(
      `${select} WHERE robot.namespace_id = $1 AND ($2::text IS NULL OR robot.name > $2) ORDER BY robot.name LIMIT $3`,
      [namespaceId, page.last ?? null, page.limit],
    );
    return rows.map(toRobot);
  }

  async find(namespaceId: string, name: string): Promise<Robot | undefined> {
    const [row] = await this.database.query<RobotRow>(
      `${select} WHERE robot.namespace_id = $1 AND robot.name = $2`,
      [namespaceId, name],
    );
    return row && toRobot(row);
  }

  /** Of all namespaces, newest first, after the id `last`. */
  async listAll(
    filter: RobotFilter,
    page: { readonly last?: string; readonly limit: number },
  ): Promise<Robot[]> {
    const rows = await this.database.query<RobotRow>(
      `${select}
       WHERE namespace.deleted_at IS NULL AND ($1::text IS NULL OR namespace.name = $1)
         AND ($2::boolean IS NULL OR coalesce(robot.expires_at <= now(), false) = $2)
         AND ($3::int IS NULL OR coalesce(robot.last_used_at, robot.created_at) <= now() - make_interval(days => $3))
         AND ($4::bigint IS NULL OR robot.id < $4)
       ORDER BY robot.id DESC LIMIT $5`,
      [
        filter.namespace ?? null,
        filter.isExpired ?? null,
        filter.unusedDays ?? null,
        page.last ?? null,
        page.limit,
      ],
    );
    return rows.map(toRobot);
  }
}

function toRobot(row: RobotRow): Robot {
  return {
    id: row.id,
    namespace: row.namespace,
    name: row.name,
    description: row.description,
    prefix: row.prefix,
    scopes: row.scopes,
    repositories: row.repositories ?? undefined,
    expiresAt: row.expires_at ?? undefined,
    previousExpiresAt: row.previous_expires_at ?? undefined,
    isDisabled: row.is_disabled,
    lastUsedAt: row.last_used_at ?? undefined,
    lastUsedAddress: row.last_used_address ?? undefined,
    createdAt: row.created_at,
  };
}
