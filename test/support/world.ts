import { generateSecret, hashPassword, hashSecret, secretPrefix } from '@berth/auth';
import pg from 'pg';
import type { Credentials } from './registry-client.js';

export type Role = 'reader' | 'writer' | 'maintainer' | 'owner';

export interface SecretOptions {
  scopes?: string[];
  /** Names and patterns (`team/*`); none for no limit. */
  repositories?: string[];
  expiresAt?: Date;
}

export interface RepositoryOptions {
  visibility?: 'public' | 'private';
  description?: string;
}

const allScopes = ['repository:read', 'repository:write', 'repository:delete', 'admin'];

/** Puts people and repositories straight into a database, for tests that need them there and not how they come there. */
export class World {
  private constructor(private readonly client: pg.Client) {}

  static async open(databaseUrl: string): Promise<World> {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    return new World(client);
  }

  async close(): Promise<void> {
    await this.client.end();
  }

  async sql<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    const result = await this.client.query<Row>(text, values);
    return result.rows;
  }

  /** A user who owns the namespace of the same name. */
  async user(username: string): Promise<Credentials> {
    const password = `password of ${username}`;
    await this.sql(
      `WITH namespace AS (
         INSERT INTO namespaces (name, kind) VALUES ($1, 'user') RETURNING id
       ), account AS (
         INSERT INTO users (username, namespace_id, password_hash) SELECT $1, id, $2 FROM namespace RETURNING id, namespace_id
       )
       INSERT INTO namespace_members (namespace_id, user_id, role) SELECT namespace_id, id, 'owner' FROM account`,
      [username, await hashPassword(password)],
    );
    return { username, password };
  }

  async organization(name: string, members: Record<string, Role> = {}): Promise<void> {
    await this.sql(`INSERT INTO namespaces (name, kind) VALUES ($1, 'organization')`, [name]);
    for (const [username, role] of Object.entries(members)) {
      await this.sql(
        `INSERT INTO namespace_members (namespace_id, user_id, role)
         SELECT n.id, u.id, $3 FROM namespaces n, users u WHERE n.name = $1 AND u.username = $2`,
        [name, username, role],
      );
    }
  }

  /** By full name; private unless said otherwise. Answers its id. */
  async repository(name: string, options: RepositoryOptions = {}): Promise<string> {
    const [row] = await this.sql<{ id: string }>(
      `WITH made AS (
         INSERT INTO repositories (namespace_id, name, visibility, description)
         SELECT id, $1, $2, $3 FROM namespaces WHERE name = split_part($1, '/', 1) RETURNING id
       ), summary AS (
         INSERT INTO repository_summaries (repository_id) SELECT id FROM made
       )
       SELECT id FROM made`,
      [name, options.visibility ?? 'private', options.description ?? ''],
    );
    if (!row) throw new Error(`there is no namespace for ${name}`);
    return row.id;
  }

  async grant(repository: string, username: string, role: Role): Promise<void> {
    await this.sql(
      `INSERT INTO repository_grants (repository_id, user_id, role)
       SELECT r.id, u.id, $3 FROM repositories r, users u WHERE r.name = $1 AND u.username = $2`,
      [repository, username, role],
    );
  }

  /** An access token as its owner would send it: as the password beside the user name. */
  async accessToken(username: string, options: SecretOptions = {}): Promise<Credentials> {
    const secret = generateSecret('pat');
    await this.sql(
      `INSERT INTO access_tokens (user_id, name, prefix, secret_hash, scopes, repositories, repositories_like, expires_at)
       SELECT id, 'test', $2, $3, $4, $5, $6, $7 FROM users WHERE username = $1`,
      [username, ...secretColumns(secret, options)],
    );
    return { username, password: secret };
  }

  async revokeAccessToken({ password }: Credentials): Promise<void> {
    await this.sql('UPDATE access_tokens SET revoked_at = now() WHERE secret_hash = $1', [
      hashSecret(password),
    ]);
  }

  async robot(namespace: string, name: string, options: SecretOptions = {}): Promise<Credentials> {
    const secret = generateSecret('robot');
    await this.sql(
      `INSERT INTO robots (namespace_id, name, prefix, secret_hash, scopes, repositories, repositories_like, expires_at)
       SELECT id, $8, $2, $3, $4, $5, $6, $7 FROM namespaces WHERE name = $1`,
      [namespace, ...secretColumns(secret, options), name],
    );
    return { username: `robot+${namespace}+${name}`, password: secret };
  }

  /** What a changed password does to everything that was got with the old one. */
  async changePassword(username: string): Promise<void> {
    await this.sql('UPDATE users SET credentials_version = credentials_version + 1 WHERE username = $1', [
      username,
    ]);
  }
}

function secretColumns(secret: string, options: SecretOptions): unknown[] {
  const patterns = options.repositories?.map((pattern) =>
    pattern.replace(/[\\%_]/g, '\\$&').replaceAll('*', '%'),
  );
  return [
    secretPrefix(secret),
    hashSecret(secret),
    options.scopes ?? allScopes,
    options.repositories ?? null,
    patterns ?? null,
    options.expiresAt ?? null,
  ];
}
