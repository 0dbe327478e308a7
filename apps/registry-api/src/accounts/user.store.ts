import { Inject, Injectable } from '@nestjs/common';
import type { Role } from '../access/access-facts.js';
import { Database, type SqlClient, violatedUnique } from '../database/database.js';
import { Conflict } from '../errors/domain-errors.js';

export interface NewUser {
  readonly username: string;
  readonly email?: string;
  /** argon2id; undefined for one who will set it by a link. */
  readonly passwordHash?: string;
  /** Whether somebody else has chosen the password. */
  readonly isPasswordTemporary: boolean;
}

export interface User {
  readonly id: string;
  readonly username: string;
  readonly email?: string;
  readonly isAdmin: boolean;
  readonly isDisabled: boolean;
  readonly hasPassword: boolean;
  readonly isPasswordTemporary: boolean;
  readonly createdAt: Date;
  readonly lastSignInAt?: Date;
  /** By password, session or access token. */
  readonly lastUsedAt?: Date;
}

export interface Membership {
  readonly name: string;
  readonly kind: 'user' | 'organization' | 'instance';
  readonly role: Role;
}

export interface UserFilter {
  /** Part of the user name or e-mail address. */
  readonly text?: string;
  readonly isDisabled?: boolean;
  readonly isAdmin?: boolean;
  readonly unusedDays?: number;
}

interface UserRow {
  readonly id: string;
  readonly username: string;
  readonly email: string | null;
  readonly is_admin: boolean;
  readonly is_disabled: boolean;
  readonly has_password: boolean;
  readonly is_password_temporary: boolean;
  readonly created_at: Date;
  readonly last_sign_in_at: Date | null;
  readonly last_used_at: Date | null;
}

const selectUsers = `
  SELECT u.id, u.username, u.email, u.is_admin, u.disabled_at IS NOT NULL AS is_disabled,
    u.password_hash IS NOT NULL AS has_password, u.is_password_temporary, u.created_at, u.last_sign_in_at,
    used.at AS last_used_at
  FROM users u CROSS JOIN LATERAL (
    SELECT greatest(
      u.last_sign_in_at,
      (SELECT max(last_used_at) FROM sessions WHERE user_id = u.id),
      (SELECT max(last_used_at) FROM access_tokens WHERE user_id = u.id)
    ) AS at
  ) used`;

@Injectable()
export class UserStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** With the namespace of the same name, which the user owns. Throws `Conflict` for a name or address that is taken. */
  async create(client: SqlClient, user: NewUser): Promise<{ id: string; createdAt: Date }> {
    try {
      const [row] = await client.query<{ id: string; created_at: Date }>(
        `WITH namespace AS (
           INSERT INTO namespaces (name, kind) VALUES ($1, 'user') RETURNING id
         ), account AS (
           INSERT INTO users (username, namespace_id, email, password_hash, is_password_temporary)
           SELECT $1, id, $2, $3, $4 FROM namespace RETURNING id, namespace_id, created_at
         ), membership AS (
           INSERT INTO namespace_members (namespace_id, user_id, role) SELECT namespace_id, id, 'owner' FROM account
         )
         SELECT id, created_at FROM account`,
        [user.username, user.email ?? null, user.passwordHash ?? null, user.isPasswordTemporary],
      );
      if (!row) throw new Error('a user was not made');
      return { id: row.id, createdAt: row.created_at };
    } catch (error) {
      throw asConflict(error, user.username);
    }
  }

  async find(username: string): Promise<User | undefined> {
    const [row] = await this.database.query<UserRow>(`${selectUsers} WHERE u.username = $1`, [username]);
    return row && toUser(row);
  }

  /** By user name, after `last`. */
  async list(filter: UserFilter, page: { readonly last?: string; readonly limit: number }): Promise<User[]> {
    const { text, isDisabled, isAdmin, unusedDays } = filter;
    const pattern = text === undefined ? null : `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
    const rows = await this.database.query<UserRow>(
      `${selectUsers}
       WHERE ($1::text IS NULL OR u.username > $1)
         AND ($2::text IS NULL OR u.username LIKE $2 OR lower(u.email) LIKE $2)
         AND ($3::boolean IS NULL OR (u.disabled_at IS NOT NULL) = $3)
         AND ($4::boolean IS NULL OR u.is_admin = $4)
         AND ($5::int IS NULL OR coalesce(used.at, u.created_at) < now() - make_interval(days => $5))
       ORDER BY u.username LIMIT $6`,
      [page.last ?? null, pattern, isDisabled ?? null, isAdmin ?? null, unusedDays ?? null, page.limit],
    );
    return rows.map(toUser);
  }

  /** By name. */
  async listMemberships(userId: string): Promise<Membership[]> {
    return this.database.query<Membership & Record<string, unknown>>(
      `SELECT n.name, n.kind, m.role::text AS role FROM namespace_members m JOIN namespaces n ON n.id = m.namespace_id
       WHERE m.user_id = $1 AND n.deleted_at IS NULL ORDER BY n.name`,
      [userId],
    );
  }

  /** The one namespace in which a robot is at home. */
  async listRobotNamespaces(robotId: string): Promise<Membership[]> {
    return this.database.query<Membership & Record<string, unknown>>(
      `SELECT n.name, n.kind, 'maintainer' AS role FROM robots r JOIN namespaces n ON n.id = r.namespace_id
       WHERE r.id = $1 AND n.deleted_at IS NULL`,
      [robotId],
    );
  }
}

/** Whether a name was taken before or is so now makes no difference: it is never given out again. */
export function asConflict(error: unknown, username: string): unknown {
  switch (violatedUnique(error)) {
    case 'namespaces_name_uq':
    case 'users_username_uq':
      return nameTaken(username, error);
    case 'users_email_uq':
      return new Conflict('This e-mail address belongs to another account.', undefined, { cause: error });
    default:
      return error;
  }
}

export function nameTaken(username: string, cause?: unknown): Conflict {
  return new Conflict(`The name "${username}" is taken or reserved: choose another one.`, undefined, {
    cause,
  });
}

function toUser(row: UserRow): User {
  return {
    id: row.id,
    username: row.username,
    email: row.email ?? undefined,
    isAdmin: row.is_admin,
    isDisabled: row.is_disabled,
    hasPassword: row.has_password,
    isPasswordTemporary: row.is_password_temporary,
    createdAt: row.created_at,
    lastSignInAt: row.last_sign_in_at ?? undefined,
    lastUsedAt: row.last_used_at ?? undefined,
  };
}
