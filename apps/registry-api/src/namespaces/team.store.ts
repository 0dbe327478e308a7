import { Inject, Injectable } from '@nestjs/common';
import { Database, type SqlClient, violatedUnique } from '../database/database.js';

export interface Team {
  readonly name: string;
  readonly description: string;
  readonly memberCount: number;
  readonly createdAt: Date;
}

export interface TeamMember {
  readonly username: string;
  readonly createdAt: Date;
}

interface TeamRow {
  readonly name: string;
  readonly description: string;
  readonly member_count: number;
  readonly created_at: Date;
}

const columns = `team.name, team.description, team.created_at,
  (SELECT count(*)::int FROM team_members member WHERE member.team_id = team.id) AS member_count`;

@Injectable()
export class TeamStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** By name, after `last`. */
  async list(namespaceId: string, page: { readonly last?: string; readonly limit: number }): Promise<Team[]> {
    const rows = await this.database.query<TeamRow>(
      `SELECT ${columns} FROM teams team WHERE team.namespace_id = $1 AND ($2::text IS NULL OR team.name > $2)
       ORDER BY team.name LIMIT $3`,
      [namespaceId, page.last ?? null, page.limit],
    );
    return rows.map(toTeam);
  }

  async find(namespaceId: string, name: string): Promise<Team | undefined> {
    const [row] = await this.database.query<TeamRow>(
      `SELECT ${columns} FROM teams team WHERE team.namespace_id = $1 AND team.name = $2`,
      [namespaceId, name],
    );
    return row && toTeam(row);
  }

  /** False when the namespace has a team of this name. */
  async create(client: SqlClient, namespaceId: string, name: string, description: string): Promise<boolean> {
    try {
      await client.query('INSERT INTO teams (namespace_id, name, description) VALUES ($1, $2, $3)', [
        namespaceId,
        name,
        description,
      ]);
      return true;
    } catch (error) {
      if (violatedUnique(error) === 'teams_namespace_name_uq') return false;
      throw error;
    }
  }

  /** False when there is no such team. */
  async describe(
    client: SqlClient,
    namespaceId: string,
    name: string,
    description?: string,
  ): Promise<boolean> {
    const rows = await client.query(
      `UPDATE teams SET description = coalesce($3, description) WHERE namespace_id = $1 AND name = $2 RETURNING id`,
      [namespaceId, name, description ?? null],
    );
    return rows.length > 0;
  }

  /** With its grants. False when there is no such team. */
  async delete(client: SqlClient, namespaceId: string, name: string): Promise<boolean> {
    const rows = await client.query('DELETE FROM teams WHERE namespace_id = $1 AND name = $2 RETURNING id', [
      namespaceId,
      name,
    ]);
    return rows.length > 0;
  }

  /** By user name, after `last`; undefined when there is no such team. */
  async listMembers(
    namespaceId: string,
    name: string,
    page: { readonly last?: string; readonly limit: number },
  ): Promise<TeamMember[] | undefined> {
    const rows = await this.database.query<{ username: string | null; created_at: Date }>(
      `SELECT found.username, found.created_at FROM teams team LEFT JOIN LATERAL (
         SELECT account.username, member.created_at
         FROM team_members member JOIN users account ON account.id = member.user_id
         WHERE member.team_id = team.id AND ($3::text IS NULL OR account.username > $3)
         ORDER BY account.username LIMIT $4
       ) found ON true
       WHERE team.namespace_id = $1 AND team.name = $2 ORDER BY found.username`,
      [namespaceId, name, page.last ?? null, page.limit],
    );
    if (rows.length === 0) return undefined;
    return rows.flatMap(({ username, created_at }) =>
      username === null ? [] : { username, createdAt: created_at },
    );
  }

  /** Only a member of the namespace; answers since when, or undefined when the user is none or there is no such team. */
  async addMember(
    client: SqlClient,
    namespaceId: string,
    name: string,
    username: string,
  ): Promise<Date | undefined> {
    const [row] = await client.query<{ created_at: Date }>(
      `INSERT INTO team_members (team_id, user_id)
       SELECT team.id, account.id FROM teams team
       JOIN namespace_members member ON member.namespace_id = team.namespace_id
       JOIN users account ON account.id = member.user_id
       WHERE team.namespace_id = $1 AND team.name = $2 AND account.username = $3
       ON CONFLICT ON CONSTRAINT team_members_pk DO UPDATE SET is_from_groups = false
       RETURNING created_at`,
      [namespaceId, name, username],
    );
    return row?.created_at;
  }

  /** False when the team has no such member, or there is no such team. */
  async removeMember(
    client: SqlClient,
    namespaceId: string,
    name: string,
    username: string,
  ): Promise<boolean> {
    const rows = await client.query(
      `DELETE FROM team_members USING teams team, users account
       WHERE team_members.team_id = team.id AND team_members.user_id = account.id
         AND team.namespace_id = $1 AND team.name = $2 AND account.username = $3
       RETURNING team.id`,
      [namespaceId, name, username],
    );
    return rows.length > 0;
  }
}

function toTeam(row: TeamRow): Team {
  return {
    name: row.name,
    description: row.description,
    memberCount: row.member_count,
    createdAt: row.created_at,
  };
}
