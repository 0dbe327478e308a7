import { Inject, Injectable } from '@nestjs/common';
import type { Role } from '../access/access-facts.js';
import { Database, type SqlClient } from '../database/database.js';

export interface Member {
  readonly username: string;
  readonly role: Role;
  readonly createdAt: Date;
}

/** A user as one who may become or is a member of a namespace. */
export interface Candidate {
  readonly id: string;
  /** Undefined for who is no member. */
  readonly role?: Role;
  readonly isDisabled: boolean;
  /** Whether the namespace is the user's own. */
  readonly isOwnNamespace: boolean;
  /** Whether somebody else who is not disabled owns it as well. */
  readonly hasOtherOwner: boolean;
}

interface CandidateRow {
  readonly id: string;
  readonly role: Role | null;
  readonly is_disabled: boolean;
  readonly is_own_namespace: boolean;
  readonly has_other_owner: boolean;
}

@Injectable()
export class MemberStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** By user name, after `last`. */
  async list(
    namespaceId: string,
    page: { readonly last?: string; readonly limit: number },
  ): Promise<Member[]> {
    const rows = await this.database.query<{ username: string; role: Role; created_at: Date }>(
      `SELECT account.username, member.role, member.created_at
       FROM namespace_members member JOIN users account ON account.id = member.user_id
       WHERE member.namespace_id = $1 AND ($2::text IS NULL OR account.username > $2)
       ORDER BY account.username LIMIT $3`,
      [namespaceId, page.last ?? null, page.limit],
    );
    return rows.map(({ username, role, created_at }) => ({ username, role, createdAt: created_at }));
  }

  /** Undefined when there is no such user. Only under the namespace's lock does the answer stay true. */
  async find(client: SqlClient, namespaceId: string, username: string): Promise<Candidate | undefined> {
    const [row] = await client.query<CandidateRow>(
      `SELECT account.id, member.role, account.disabled_at IS NOT NULL AS is_disabled,
         account.namespace_id = $1 AS is_own_namespace,
         EXISTS (
           SELECT FROM namespace_members other JOIN users owner ON owner.id = other.user_id
           WHERE other.namespace_id = $1 AND other.role = 'owner' AND other.user_id <> account.id
             AND owner.disabled_at IS NULL
         ) AS has_other_owner
       FROM users account
       LEFT JOIN namespace_members member ON member.user_id = account.id AND member.namespace_id = $1
       WHERE account.username = $2 FOR KEY SHARE OF account`,
      [namespaceId, username],
    );
    return (
      row && {
        id: row.id,
        role: row.role ?? undefined,
        isDisabled: row.is_disabled,
        isOwnNamespace: row.is_own_namespace,
        hasOtherOwner: row.has_other_owner,
      }
    );
  }

  async setRole(client: SqlClient, namespaceId: string, userId: string, role: Role): Promise<Date> {
    const [row] = await client.query<{ created_at: Date }>(
      `INSERT INTO namespace_members (namespace_id, user_id, role) VALUES ($1, $2, $3)
       ON CONFLICT ON CONSTRAINT namespace_members_pk DO UPDATE SET role = excluded.role RETURNING created_at`,
      [namespaceId, userId, role],
    );
    if (!row) throw new Error('an upsert answered no row');
    return row.created_at;
  }

  /** With the user's places in its teams, and the grants on its repositories: nothing of the access stays. */
  async remove(client: SqlClient, namespaceId: string, userId: string): Promise<void> {
    await client.query(
      `DELETE FROM team_members WHERE user_id = $2 AND team_id IN (SELECT id FROM teams WHERE namespace_id = $1)`,
      [namespaceId, userId],
    );
    await client.query(
      `DELETE FROM repository_grants
       WHERE user_id = $2 AND repository_id IN (SELECT id FROM repositories WHERE namespace_id = $1)`,
      [namespaceId, userId],
    );
    await client.query('DELETE FROM namespace_members WHERE namespace_id = $1 AND user_id = $2', [
      namespaceId,
      userId,
    ]);
  }
}
