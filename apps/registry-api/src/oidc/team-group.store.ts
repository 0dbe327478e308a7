import { Inject, Injectable } from '@nestjs/common';
import { Database, type SqlClient } from '../database/database.js';

export interface TeamGroup {
  readonly provider: string;
  readonly group: string;
  readonly createdAt: Date;
}

/** A membership that groups have made or taken away. */
export interface GroupMembership {
  readonly team: string;
  readonly namespace: string;
  readonly username: string;
  readonly isAdded: boolean;
}

/** Whose memberships are to be set: one user's in all teams, or all users' in one team. */
export type GroupScope = { readonly userId: string } | { readonly teamId: string };

interface GroupRow {
  readonly provider: string;
  readonly group_name: string;
  readonly created_at: Date;
}

/** Teams are changed alone, while sign-ins may run side by side: neither overlooks what the other has just written. */
const GROUPS_LOCK = 0x626572746d;

/** Memberships that come from groups are those that follow from both; those made by hand stay as they are. */
const reconcileSql = `
  WITH wanted AS (
    SELECT DISTINCT g.team_id, i.user_id FROM team_groups g
    JOIN user_identities i ON i.provider = g.provider AND g.group_name = ANY (i.groups)
    WHERE ($1::bigint IS NULL OR i.user_id = $1) AND ($2::bigint IS NULL OR g.team_id = $2)
  ), removed AS (
    DELETE FROM team_members m
    WHERE m.is_from_groups AND ($1::bigint IS NULL OR m.user_id = $1) AND ($2::bigint IS NULL OR m.team_id = $2)
      AND NOT EXISTS (SELECT FROM wanted w WHERE w.team_id = m.team_id AND w.user_id = m.user_id)
    RETURNING team_id, user_id
  ), added AS (
    INSERT INTO team_members (team_id, user_id, is_from_groups) SELECT team_id, user_id, true FROM wanted
    ON CONFLICT ON CONSTRAINT team_members_pk DO NOTHING RETURNING team_id, user_id
  )
  SELECT team.name AS team, n.name AS namespace, u.username, changed.is_added AS "isAdded"
  FROM (SELECT *, false AS is_added FROM removed UNION ALL SELECT *, true FROM added) changed
  JOIN teams team ON team.id = changed.team_id
  JOIN namespaces n ON n.id = team.namespace_id
  JOIN users u ON u.id = changed.user_id
  ORDER BY n.name, team.name, u.username`;

@Injectable()
export class TeamGroupStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** By provider and group; undefined when there is no such team. */
  async list(namespaceId: string, team: string): Promise<TeamGroup[] | undefined> {
    const rows = await this.database.query<GroupRow | { provider: null }>(
      `SELECT g.provider, g.group_name, g.created_at FROM teams t LEFT JOIN team_groups g ON g.team_id = t.id
       WHERE t.namespace_id = $1 AND t.name = $2 ORDER BY g.provider, g.group_name`,
      [namespaceId, team],
    );
    if (rows.length === 0) return undefined;
    return rows.flatMap((row) =>
      row.provider === null
        ? []
        : { provider: row.provider, group: row.group_name, createdAt: row.created_at },
    );
  }

  /** Its id; the team stays until the transaction ends. */
  async findTeam(client: SqlClient, namespaceId: string, team: string): Promise<string | undefined> {
    const [row] = await client.query<{ id: string }>(
      'SELECT id FROM teams WHERE namespace_id = $1 AND name = $2 FOR KEY SHARE',
      [namespaceId, team],
    );
    return row?.id;
  }

  async count(client: SqlClient, teamId: string): Promise<number> {
    const [row] = await client.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM team_groups WHERE team_id = $1',
      [teamId],
    );
    return row?.count ?? 0;
  }

  async add(client: SqlClient, teamId: string, provider: string, group: string): Promise<Date> {
    const [row] = await client.query<{ created_at: Date }>(
      `INSERT INTO team_groups (team_id, provider, group_name) VALUES ($1, $2, $3)
       ON CONFLICT ON CONSTRAINT team_groups_pk DO UPDATE SET created_at = team_groups.created_at
       RETURNING created_at`,
      [teamId, provider, group],
    );
    if (!row) throw new Error('an upsert answered no row');
    return row.created_at;
  }

  /** False when the team has no such group. */
  async remove(client: SqlClient, teamId: string, provider: string, group: string): Promise<boolean> {
    const rows = await client.query(
      'DELETE FROM team_groups WHERE team_id = $1 AND provider = $2 AND group_name = $3 RETURNING team_id',
      [teamId, provider, group],
    );
    return rows.length > 0;
  }

  /** Before anything that `reconcile` reads is written: a sign-in `with others`, a change of a team's groups `alone`. */
  async lock(client: SqlClient, how: 'alone' | 'with others'): Promise<void> {
    const lock = how === 'alone' ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared';
    await client.query(`SELECT ${lock}($1)`, [GROUPS_LOCK]);
  }

  /** Answers what has changed. */
  async reconcile(client: SqlClient, scope: GroupScope): Promise<GroupMembership[]> {
    const [userId, teamId] = 'userId' in scope ? [scope.userId, null] : [null, scope.teamId];
    return client.query<GroupMembership & Record<string, unknown>>(reconcileSql, [userId, teamId]);
  }
}
