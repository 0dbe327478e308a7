import type { CredentialProblem, Role } from './access-facts.js';
import type { Credential } from './credential.js';

/** The columns of the `request` relation that `accessCte` reads, for `unnest`. */
export function credentialColumns(credential: Credential): {
  kind: string;
  id: string | null;
  version: number | null;
  hash: Buffer | null;
  username: string | null;
} {
  return {
    kind: credential.kind,
    id: 'id' in credential ? credential.id : null,
    version: 'version' in credential ? credential.version : null,
    hash: 'secretHash' in credential ? credential.secretHash : null,
    username: 'username' in credential ? (credential.username ?? null) : null,
  };
}

/** Who asks for which repository name. */
export interface AccessQuestion {
  readonly credential: Credential;
  readonly repositoryName: string;
}

/** One text for a question: two with the same have the same facts at any moment. */
export function questionKey({ credential, repositoryName }: AccessQuestion): string {
  const { kind, id, version, hash, username } = credentialColumns(credential);
  return [kind, id, version, hash?.toString('base64'), username, repositoryName].join('\n');
}

/** The questions without repetitions, and for each of them where in these it stands, from 1: one decision for all of them. */
export function distinctQuestions(questions: readonly AccessQuestion[]): {
  readonly distinct: readonly AccessQuestion[];
  readonly places: readonly number[];
} {
  const placeOf = new Map<string, number>();
  const distinct: AccessQuestion[] = [];
  const places = questions.map((question) => {
    const key = questionKey(question);
    const place = placeOf.get(key) ?? distinct.push(question);
    placeOf.set(key, place);
    return place;
  });
  return { distinct, places };
}

/** Parameters $1 to $6 of `requestCte`: arrays with one element a request. A query's own start at $7. */
export function requestParameters(requests: readonly AccessQuestion[]): unknown[] {
  const columns = requests.map(({ credential }) => credentialColumns(credential));
  return [
    columns.map(({ kind }) => kind),
    columns.map(({ id }) => id),
    columns.map(({ version }) => version),
    columns.map(({ hash }) => hash),
    columns.map(({ username }) => username),
    requests.map(({ repositoryName }) => repositoryName),
  ];
}

/**
 * A parameter whose value Postgres does not plan for. With one plan as good as any other it keeps the prepared one: to
 * plan a look-up costs more than ten times as much as to run it.
 */
export function unplanned(parameter: string): string {
  return `(SELECT ${parameter})`;
}

/**
 * A relation to join that is looked up anew for each row before it, by an index. Otherwise Postgres may join the whole
 * table, as is best while it is small, and keeps that plan when it has grown, until it is analyzed.
 */
export function oneByOne(select: string): string {
  return `LATERAL (${select} OFFSET 0)`;
}

/** `request`: who asks for which repository name, from the parameters $1 to $6. */
export const requestCte = requestFrom(unplanned);

/** The same for a statement that is not prepared, whose plan may follow from the values. */
export const plannedRequestCte = requestFrom((parameter) => parameter);

function requestFrom(as: (parameter: string) => string): string {
  const columns = ['$1::text[]', '$2::bigint[]', '$3::int[]', '$4::bytea[]', '$5::text[]', '$6::text[]'];
  return `
  request AS MATERIALIZED (
    SELECT * FROM unnest(${columns.map(as).join(', ')}) WITH ORDINALITY
      AS r(credential_kind, credential_id, credential_version, credential_hash, credential_username, repository_name, ord)
  )`;
}

/** Which tables credentials are looked up in. */
export interface AccessTables {
  readonly users: boolean;
  readonly accessTokens: boolean;
  readonly sessions: boolean;
  readonly robots: boolean;
}

/**
 * `principal`: each request's credential resolved to a user or robot, with what is wrong with it now.
 * A secret counts only under the name of its owner (design, "Who may do what"). A rotation raises the version of an
 * access token or robot by one: until the overlap ends, the secret before counts as that of the version before.
 * One indexed probe for each table; a row for every request, also for unknown credentials.
 */
export function principalOf(tables: AccessTables): string {
  return `
  principal AS (
    SELECT r.ord, r.repository_name, r.credential_kind,
      u.id AS user_id, u.username, coalesce(u.is_admin, r.credential_kind = 'operator') AS is_admin,
      robot.id AS robot_id, robot.namespace_id AS robot_namespace_id,
      CASE WHEN robot.id IS NOT NULL THEN 'robot+' || robot_namespace.name || '+' || robot.name END AS robot_username,
      coalesce(access_token.scopes, robot.scopes) AS scopes,
      coalesce(access_token.repositories_like, robot.repositories_like) AS repositories_like,
      coalesce(access_token.id, robot.id, session.id) AS resolved_credential_id,
      coalesce(r.credential_version, secret.version, u.credentials_version) AS credentials_version,
      access_token.name AS access_token_name,
      CASE r.credential_kind
        WHEN 'anonymous' THEN NULL
        WHEN 'operator' THEN NULL
        WHEN 'robot' THEN CASE
          WHEN robot.id IS NULL THEN 'unknown'
          WHEN r.credential_username <> 'robot+' || robot_namespace.name || '+' || robot.name THEN 'unknown'
          WHEN robot.disabled_at IS NOT NULL OR robot_namespace.deleted_at IS NOT NULL THEN 'revoked'
          WHEN robot.expires_at <= now() THEN 'expired'
          WHEN NOT secret.is_valid THEN 'revoked' END
        ELSE CASE
          WHEN u.id IS NULL OR r.credential_username <> u.username THEN 'unknown'
          WHEN u.disabled_at IS NOT NULL THEN 'disabled'
          WHEN r.credential_kind = 'user' AND u.credentials_version <> r.credential_version THEN 'revoked'
          WHEN session.credentials_version <> u.credentials_version THEN 'revoked'
          WHEN session.expires_at <= now() THEN 'expired'
          WHEN access_token.revoked_at <= now() THEN 'revoked'
          WHEN access_token.expires_at <= now() THEN 'expired'
          WHEN r.credential_kind = 'access_token' AND NOT secret.is_valid THEN 'revoked' END
      END AS credential_problem
    FROM request r
    ${tables.accessTokens ? accessTokenJoin : noAccessToken}
    ${tables.sessions ? sessionJoin : noSession}
    ${tables.robots ? robotJoin : noRobot}
    ${tables.users ? userJoin : noUser}
    CROSS JOIN LATERAL (
      SELECT asked.version,
        coalesce(asked.version = asked.current OR (asked.version = asked.current - 1 AND asked.overlaps), false) AS is_valid
      FROM (
        SELECT coalesce(access_token.credentials_version, robot.credentials_version) AS current,
          coalesce(access_token.previous_expires_at, robot.previous_expires_at) > now() AS overlaps,
          coalesce(r.credential_version, coalesce(access_token.credentials_version, robot.credentials_version)
            - CASE WHEN r.credential_hash IN (access_token.secret_hash, robot.secret_hash) THEN 0 ELSE 1 END) AS version
      ) asked
    ) secret
  )`;
}

const accessTokenJoin = `LEFT JOIN access_tokens access_token ON r.credential_kind = 'access_token'
      AND (access_token.secret_hash = r.credential_hash OR access_token.previous_secret_hash = r.credential_hash
        OR access_token.id = r.credential_id)`;
const noAccessToken = nothing('access_token', {
  ...{ id: 'bigint', user_id: 'bigint', name: 'text', scopes: 'text[]', repositories_like: 'text[]' },
  ...{ secret_hash: 'bytea', credentials_version: 'int', previous_expires_at: 'timestamptz' },
  ...{ revoked_at: 'timestamptz', expires_at: 'timestamptz' },
});

const sessionJoin = `LEFT JOIN sessions session ON r.credential_kind = 'session' AND session.secret_hash = r.credential_hash`;
const noSession = nothing('session', {
  ...{ id: 'bigint', user_id: 'bigint', credentials_version: 'int', expires_at: 'timestamptz' },
});

const robotJoin = `LEFT JOIN robots robot ON r.credential_kind = 'robot'
      AND (robot.secret_hash = r.credential_hash OR robot.previous_secret_hash = r.credential_hash OR robot.id = r.credential_id)
    LEFT JOIN namespaces robot_namespace ON robot_namespace.id = robot.namespace_id`;
const noRobot = `${nothing('robot', {
  ...{ id: 'bigint', namespace_id: 'bigint', name: 'text', scopes: 'text[]', repositories_like: 'text[]' },
  ...{ secret_hash: 'bytea', credentials_version: 'int', previous_expires_at: 'timestamptz' },
  ...{ disabled_at: 'timestamptz', expires_at: 'timestamptz' },
})} ${nothing('robot_namespace', { name: 'text', deleted_at: 'timestamptz' })}`;

const userJoin = `LEFT JOIN ${oneByOne(`
      SELECT id, username, is_admin, credentials_version, disabled_at FROM users WHERE id = CASE r.credential_kind
        WHEN 'user' THEN r.credential_id WHEN 'access_token' THEN access_token.user_id WHEN 'session' THEN session.user_id END`)} u ON true`;
const noUser = nothing('u', {
  ...{
    id: 'bigint',
    username: 'text',
    is_admin: 'boolean',
    credentials_version: 'int',
    disabled_at: 'timestamptz',
  },
});

/**
 * `access`: the facts of `AccessFacts` for each request; needs `requestCte` and `principalCte` before it. What is in
 * trash is no repository.
 */
export function accessOf(tables: AccessTables): string {
  return `
  access AS (
    SELECT p.*,
      p.repositories_like IS NULL OR p.repository_name LIKE ANY (p.repositories_like) AS is_within_limits,
      repository.id AS repository_id, repository.visibility,
      namespace.id AS namespace_id, namespace.kind AS namespace_kind, namespace.deleted_at IS NOT NULL AS is_namespace_deleted,
      greatest(
        member.role,
        CASE WHEN p.robot_namespace_id = namespace.id THEN 'maintainer'::role END,
        granted.role
      ) AS role
    FROM principal p
    LEFT JOIN ${oneByOne(`
      SELECT id, kind, deleted_at FROM namespaces WHERE name = split_part(p.repository_name, '/', 1)`)} namespace ON true
    LEFT JOIN ${oneByOne(`
      SELECT id, visibility FROM repositories
      WHERE name = p.repository_name AND deleted_at IS NULL AND namespace.deleted_at IS NULL`)} repository ON true
    ${tables.users ? memberJoin : nothing('member', { role: 'role' })}
    ${tables.users || tables.robots ? grantJoin : nothing('granted', { role: 'role' })}
  )`;
}

const memberJoin =
  'LEFT JOIN namespace_members member ON member.namespace_id = namespace.id AND member.user_id = p.user_id';
const grantJoin = `LEFT JOIN LATERAL (
      SELECT max(g.role) AS role FROM repository_grants g
      WHERE g.repository_id = repository.id AND (
        g.user_id = p.user_id OR g.robot_id = p.robot_id
        OR g.team_id IN (SELECT team_id FROM team_members tm WHERE tm.user_id = p.user_id))
    ) granted ON true`;

/** A row of nulls in a table's place, of which the planner leaves nothing. */
function nothing(alias: string, columns: Record<string, string>): string {
  const nulls = Object.entries(columns).map(([name, type]) => `NULL::${type} AS ${name}`);
  return `CROSS JOIN (SELECT ${nulls.join(', ')}) ${alias}`;
}

const everyTable: AccessTables = { users: true, accessTokens: true, sessions: true, robots: true };

/** `principalOf` for credentials of every kind. */
export const principalCte = principalOf(everyTable);

/** `accessOf` for credentials of every kind. */
export const accessCte = accessOf(everyTable);

/** A row of the `access` relation, as pg gives it. */
export interface AccessRow {
  readonly credential_kind: Credential['kind'];
  readonly user_id: string | null;
  readonly username: string | null;
  readonly is_admin: boolean;
  readonly robot_id: string | null;
  readonly robot_username: string | null;
  readonly scopes: string[] | null;
  readonly is_within_limits: boolean;
  readonly repository_id: string | null;
  readonly visibility: 'public' | 'private' | null;
  readonly namespace_id: string | null;
  readonly namespace_kind: 'user' | 'organization' | 'instance' | null;
  readonly is_namespace_deleted: boolean;
  readonly role: Role | null;
  readonly credential_problem: CredentialProblem | null;
  readonly resolved_credential_id: string | null;
  readonly credentials_version: number | null;
  readonly access_token_name: string | null;
}

/** Columns of `AccessRow`, to be selected from `access a`. */
export const accessColumns = `
  a.credential_kind, a.user_id, a.username, a.is_admin, a.robot_id, a.robot_username, a.scopes, a.is_within_limits,
  a.repository_id, a.visibility, a.namespace_id, a.namespace_kind, a.is_namespace_deleted, a.role::text AS role,
  a.credential_problem, a.resolved_credential_id, a.credentials_version, a.access_token_name`;
