import { Inject, Injectable } from '@nestjs/common';
import type { Role } from '../access/access-facts.js';
import { Database, type SqlClient } from '../database/database.js';

/** To whom a role on a repository is granted. A team is one of the repository's namespace. */
export type Grantee =
  | { readonly kind: 'user' | 'team'; readonly name: string }
  | { readonly kind: 'robot'; readonly namespace: string; readonly name: string };

export interface Grant {
  readonly id: string;
  readonly kind: Grantee['kind'];
  /** User name, of a robot too, or the team's name. */
  readonly name: string;
  readonly role: Role;
  readonly createdAt: Date;
}

interface GrantRow {
  readonly id: string;
  readonly kind: Grantee['kind'];
  readonly name: string;
  readonly role: Role;
  readonly created_at: Date;
}

/** The lock keeps the grantee there until the grant is. */
const findSql: Readonly<Record<Grantee['kind'], string>> = {
  user: 'SELECT id, disabled_at IS NOT NULL AS is_disabled FROM users WHERE username = $1 FOR KEY SHARE',
  team: `SELECT team.id, false AS is_disabled FROM teams team
    JOIN repositories repository ON repository.namespace_id = team.namespace_id
    WHERE team.name = $1 AND repository.id = $2 FOR KEY SHARE OF team`,
  robot: `SELECT robot.id, false AS is_disabled FROM robots robot
    JOIN namespaces namespace ON namespace.id = robot.namespace_id
    WHERE robot.name = $1 AND namespace.name = $2 FOR KEY SHARE OF robot`,
};

@Injectable()
export class RepositoryGrantsStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Oldest first, after the id `last`. */
  async list(
    repositoryId: string,
    page: { readonly last?: string; readonly limit: number },
  ): Promise<Grant[]> {
    const rows = await this.database.query<GrantRow>(
      `SELECT granted.id, granted.role, granted.created_at,
         CASE WHEN account.id IS NOT NULL THEN 'user' WHEN team.id IS NOT NULL THEN 'team' ELSE 'robot' END AS kind,
         coalesce(account.username, team.name, 'robot+' || namespace.name || '+' || robot.name) AS name
       FROM repository_grants granted
       LEFT JOIN users account ON account.id = granted.user_id
       LEFT JOIN teams team ON team.id = granted.team_id
       LEFT JOIN robots robot ON robot.id = granted.robot_id
       LEFT JOIN namespaces namespace ON namespace.id = robot.namespace_id
       WHERE granted.repository_id = $1 AND ($2::bigint IS NULL OR granted.id > $2)
       ORDER BY granted.id LIMIT $3`,
      [repositoryId, page.last ?? null, page.limit],
    );
    return rows.map(({ created_at, ...row }) => ({ ...row, createdAt: created_at }));
  }

  /** Keeps the repository there until the transaction ends; false when it has gone. */
  async lockRepository(client: SqlClient, repositoryId: string): Promise<boolean> {
    const rows = await client.query('SELECT id FROM repositories WHERE id = $1 FOR KEY SHARE', [
      repositoryId,
    ]);
    return rows.length > 0;
  }

  async findGrantee(
    client: SqlClient,
    repositoryId: string,
    grantee: Grantee,
  ): Promise<{ id: string; isDisabled: boolean } | undefined> {
    const where = {
      user: [],
      team: [repositoryId],
      robot: 'namespace' in grantee ? [grantee.namespace] : [],
    };
    const values = [grantee.name, ...where[grantee.kind]];
    const [row] = await client.query<{ id: string; is_disabled: boolean }>(findSql[grantee.kind], values);
    return row && { id: row.id, isDisabled: row.is_disabled };
  }

  /** Answers since when it has had one. */
  async set(
    client: SqlClient,
    repositoryId: string,
    kind: Grantee['kind'],
    granteeId: string,
    role: Role,
  ): Promise<Date> {
    const [row] = await client.query<{ created_at: Date }>(
      `INSERT INTO repository_grants (repository_id, ${kind}_id, role) VALUES ($1, $2, $3)
       ON CONFLICT (${kind}_id, repository_id) WHERE ${kind}_id IS NOT NULL DO UPDATE SET role = excluded.role
       RETURNING created_at`,
      [repositoryId, granteeId, role],
    );
    if (!row) throw new Error('an upsert answered no row');
    return row.created_at;
  }

  /** False when there was none. */
  async remove(
    client: SqlClient,
    repositoryId: string,
    kind: Grantee['kind'],
    granteeId: string,
  ): Promise<boolean> {
    const rows = await client.query(
      `DELETE FROM repository_grants WHERE repository_id = $1 AND ${kind}_id = $2 RETURNING id`,
      [repositoryId, granteeId],
    );
    return rows.length > 0;
  }
}
