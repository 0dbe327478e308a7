import { randomUUID } from 'node:crypto';
import { hashPassword, hashSecret } from '@berth/auth';
import type { Credentials } from '../support/registry-client.js';
import { World } from '../support/world.js';
import { deletedRepository } from './arbitrary-world.js';
import type { Asker, WorldModel } from './model.js';
import { digestOf } from './probes/probe.js';

export const PASSWORD = 'the password of everybody';

/** A world of the model as it lies in a database, with the secrets of its askers. */
export class RealisedWorld {
  private constructor(
    readonly model: WorldModel,
    private readonly tokens: Credentials[],
    private readonly robots: Credentials[],
    private readonly sessions: ReadonlyMap<string, string>,
    /** Of the first access token; of none when there is none. */
    readonly accessTokenId: string,
  ) {}

  /** Replaces whatever the database holds. */
  static async build(world: World, model: WorldModel): Promise<RealisedWorld> {
    await empty(world);
    const passwordHash = await passwordHashOfEverybody;
    for (const user of model.users) await insertUser(world, user, passwordHash);
    for (const { name, members } of model.organizations) await world.organization(name, members);
    for (const team of model.teams) await insertTeam(world, team);
    for (const { name, isPublic } of model.repositories) {
      await world.repository(name, { visibility: isPublic ? 'public' : 'private' });
      await insertBlob(world, name);
    }
    for (const { name } of model.organizations) await insertDeleted(world, deletedRepository(name));
    const robots: Credentials[] = [];
    for (const robot of model.robots)
      robots.push(await world.robot(robot.organization, robot.name, secretOf(robot)));
    const tokens: Credentials[] = [];
    for (const token of model.tokens) tokens.push(await world.accessToken(token.owner, secretOf(token)));
    for (const [index, { isRevoked }] of model.tokens.entries()) {
      if (isRevoked) await world.revokeAccessToken(tokens[index]!);
    }
    for (const grant of model.grants) await insertGrant(world, grant);
    const sessions = new Map<string, string>();
    for (const { name } of model.users) sessions.set(name, await insertSession(world, name));
    const [first] = await world.sql<{ id: string }>('SELECT id FROM access_tokens ORDER BY id LIMIT 1');
    return new RealisedWorld(model, tokens, robots, sessions, first?.id ?? '999999999');
  }

  /** What the asker would log in with; undefined for nobody. */
  credentialsOf(asker: Asker): Credentials | undefined {
    if (asker.kind === 'anonymous') return undefined;
    if (asker.kind === 'user') return { username: asker.name, password: PASSWORD };
    return asker.kind === 'token' ? this.tokens[asker.index] : this.robots[asker.index];
  }

  /** The value of a user's session cookie. */
  sessionOf(username: string): string {
    return this.sessions.get(username)!;
  }
}

const passwordHashOfEverybody = hashPassword(PASSWORD);

async function empty(world: World): Promise<void> {
  const tables = await world.sql<{ name: string }>(
    `SELECT quote_ident(tablename) AS name FROM pg_tables
     WHERE schemaname = 'public' AND tablename NOT IN ('migrations', 'signing_keys')`,
  );
  await world.sql(`TRUNCATE ${tables.map(({ name }) => name).join(', ')} CASCADE`);
  await world.sql(`INSERT INTO namespaces (name, kind) VALUES ('library', 'instance')`);
}

/** The limit of failed sign-ins is another test's matter. */
export async function forgetFailedSignIns(world: World): Promise<void> {
  await world.sql('DELETE FROM sign_in_failures');
}

async function insertUser(
  world: World,
  user: WorldModel['users'][number],
  passwordHash: string,
): Promise<void> {
  await world.sql(
    `WITH namespace AS (
       INSERT INTO namespaces (name, kind) VALUES ($1, 'user') RETURNING id
     ), account AS (
       INSERT INTO users (username, namespace_id, password_hash, is_admin, disabled_at)
       SELECT $1, id, $2, $3, CASE WHEN $4 THEN now() END FROM namespace RETURNING id, namespace_id
     )
     INSERT INTO namespace_members (namespace_id, user_id, role) SELECT namespace_id, id, 'owner' FROM account`,
    [user.name, passwordHash, user.isAdmin, user.isDisabled],
  );
}

async function insertSession(world: World, username: string): Promise<string> {
  const secret = randomUUID();
  await world.sql(
    `INSERT INTO sessions (user_id, secret_hash, credentials_version, expires_at)
     SELECT id, $2, credentials_version, now() + interval '1 day' FROM users WHERE username = $1`,
    [username, hashSecret(secret)],
  );
  return secret;
}

async function insertDeleted(world: World, repository: string): Promise<void> {
  const id = await world.repository(repository, { visibility: 'public' });
  await world.sql(`UPDATE repositories SET deleted_at = now(), deleted_by = 'somebody' WHERE id = $1`, [id]);
}

async function insertBlob(world: World, repository: string): Promise<void> {
  await world.sql(
    `WITH blob AS (INSERT INTO blobs (digest, size_bytes, storage_key) VALUES ($1, 1, $1) RETURNING id)
     INSERT INTO repository_blobs (repository_id, blob_id)
     SELECT repository.id, blob.id FROM repositories repository, blob WHERE repository.name = $2`,
    [digestOf(repository), repository],
  );
}

/** What a mount has put beside the one blob of a repository. */
export async function unlinkMountedBlobs(world: World): Promise<void> {
  await world.sql(
    `DELETE FROM repository_blobs link USING repositories repository, blobs blob
     WHERE link.repository_id = repository.id AND link.blob_id = blob.id
       AND blob.digest <> 'sha256:' || encode(sha256(repository.name::bytea), 'hex')`,
  );
}

async function insertTeam(world: World, team: WorldModel['teams'][number]): Promise<void> {
  await world.sql(
    `WITH team AS (
       INSERT INTO teams (namespace_id, name) SELECT id, $1 FROM namespaces WHERE name = $2 RETURNING id
     )
     INSERT INTO team_members (team_id, user_id) SELECT team.id, users.id FROM team, users WHERE username = ANY ($3)`,
    [team.name, team.organization, team.members],
  );
}

async function insertGrant(
  world: World,
  { repository, to, role }: WorldModel['grants'][number],
): Promise<void> {
  const [kind, name] = Object.entries(to)[0]!;
  const nameColumn = kind === 'user' ? 'username' : 'name';
  await world.sql(
    `INSERT INTO repository_grants (repository_id, ${kind}_id, role)
     SELECT repository.id, grantee.id, $3 FROM repositories repository, ${kind}s grantee
     WHERE repository.name = $1 AND grantee.${nameColumn} = $2`,
    [repository, name, role],
  );
}

function secretOf(limits: { scopes: string[]; repositories: string[] | null; isExpired: boolean }) {
  return {
    scopes: limits.scopes,
    repositories: limits.repositories ?? undefined,
    expiresAt: limits.isExpired ? new Date(Date.now() - 60_000) : undefined,
  };
}
