import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Credentials beside passwords, teams and grants: what the access look-up joins. */
export class CreateAccess1795434000000 implements MigrationInterface {
  name = 'CreateAccess1795434000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE access_tokens (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT access_tokens_pk PRIMARY KEY,
        user_id bigint NOT NULL CONSTRAINT access_tokens_user_fk REFERENCES users ON DELETE CASCADE,
        name text NOT NULL,
        prefix text NOT NULL,
        secret_hash bytea NOT NULL CONSTRAINT access_tokens_secret_uq UNIQUE,
        scopes text[] NOT NULL,
        repositories text[],
        repositories_like text[],
        expires_at timestamptz,
        revoked_at timestamptz,
        last_used_at timestamptz,
        last_used_address text,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`CREATE INDEX access_tokens_user_ix ON access_tokens (user_id)`);
    await runner.query(`
      CREATE TABLE robots (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT robots_pk PRIMARY KEY,
        namespace_id bigint NOT NULL CONSTRAINT robots_namespace_fk REFERENCES namespaces ON DELETE CASCADE,
        name text COLLATE "C" NOT NULL,
        description text NOT NULL DEFAULT '',
        prefix text NOT NULL,
        secret_hash bytea NOT NULL CONSTRAINT robots_secret_uq UNIQUE,
        previous_secret_hash bytea,
        previous_expires_at timestamptz,
        credentials_version integer NOT NULL DEFAULT 1,
        scopes text[] NOT NULL,
        repositories text[],
        repositories_like text[],
        expires_at timestamptz,
        disabled_at timestamptz,
        last_used_at timestamptz,
        last_used_address text,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT robots_namespace_name_uq UNIQUE (namespace_id, name)
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX robots_previous_secret_uq ON robots (previous_secret_hash) WHERE previous_secret_hash IS NOT NULL`,
    );
    await runner.query(`
      CREATE TABLE sessions (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT sessions_pk PRIMARY KEY,
        user_id bigint NOT NULL CONSTRAINT sessions_user_fk REFERENCES users ON DELETE CASCADE,
        secret_hash bytea NOT NULL CONSTRAINT sessions_secret_uq UNIQUE,
        credentials_version integer NOT NULL,
        address text,
        user_agent text,
        created_at timestamptz NOT NULL DEFAULT now(),
        last_used_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL
      )`);
    await runner.query(`CREATE INDEX sessions_user_ix ON sessions (user_id)`);
    await runner.query(`
      CREATE TABLE refresh_tokens (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT refresh_tokens_pk PRIMARY KEY,
        secret_hash bytea NOT NULL CONSTRAINT refresh_tokens_secret_uq UNIQUE,
        service text NOT NULL,
        user_id bigint CONSTRAINT refresh_tokens_user_fk REFERENCES users ON DELETE CASCADE,
        robot_id bigint CONSTRAINT refresh_tokens_robot_fk REFERENCES robots ON DELETE CASCADE,
        access_token_id bigint CONSTRAINT refresh_tokens_access_token_fk REFERENCES access_tokens ON DELETE CASCADE,
        credentials_version integer,
        revoked_at timestamptz,
        last_used_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`CREATE INDEX refresh_tokens_user_ix ON refresh_tokens (user_id)`);
    await runner.query(`
      CREATE TABLE teams (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT teams_pk PRIMARY KEY,
        namespace_id bigint NOT NULL CONSTRAINT teams_namespace_fk REFERENCES namespaces ON DELETE CASCADE,
        name text COLLATE "C" NOT NULL,
        description text NOT NULL DEFAULT '',
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT teams_namespace_name_uq UNIQUE (namespace_id, name)
      )`);
    await runner.query(`
      CREATE TABLE team_members (
        team_id bigint NOT NULL CONSTRAINT team_members_team_fk REFERENCES teams ON DELETE CASCADE,
        user_id bigint NOT NULL CONSTRAINT team_members_user_fk REFERENCES users ON DELETE CASCADE,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT team_members_pk PRIMARY KEY (team_id, user_id)
      )`);
    await runner.query(`CREATE INDEX team_members_user_ix ON team_members (user_id)`);
    await runner.query(`
      CREATE TABLE repository_grants (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT repository_grants_pk PRIMARY KEY,
        repository_id bigint NOT NULL CONSTRAINT repository_grants_repository_fk REFERENCES repositories ON DELETE CASCADE,
        user_id bigint CONSTRAINT repository_grants_user_fk REFERENCES users ON DELETE CASCADE,
        team_id bigint CONSTRAINT repository_grants_team_fk REFERENCES teams ON DELETE CASCADE,
        robot_id bigint CONSTRAINT repository_grants_robot_fk REFERENCES robots ON DELETE CASCADE,
        role role NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT repository_grants_grantee_ck CHECK (num_nonnulls(user_id, team_id, robot_id) = 1)
      )`);
    for (const grantee of ['user', 'team', 'robot']) {
      await runner.query(
        `CREATE UNIQUE INDEX repository_grants_${grantee}_uq ON repository_grants (${grantee}_id, repository_id)
           WHERE ${grantee}_id IS NOT NULL`,
      );
    }
    await runner.query(`CREATE INDEX repository_grants_repository_ix ON repository_grants (repository_id)`);
    await runner.query(`
      CREATE TABLE audit_log (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT audit_log_pk PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT now(),
        actor text NOT NULL,
        credential text NOT NULL,
        address text,
        action text NOT NULL,
        object text NOT NULL,
        result text NOT NULL CONSTRAINT audit_log_result_ck CHECK (result IN ('done', 'refused')),
        details jsonb NOT NULL DEFAULT '{}'
      )`);
    await runner.query(`CREATE INDEX audit_log_actor_ix ON audit_log (actor, id)`);
    await runner.query(`CREATE INDEX audit_log_action_ix ON audit_log (action, id)`);
    await runner.query(`CREATE INDEX audit_log_at_ix ON audit_log (at)`);
    await runner.query(`
      CREATE TABLE events (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT events_pk PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT now(),
        kind text NOT NULL,
        repository_id bigint,
        repository_name text COLLATE "C" NOT NULL,
        details jsonb NOT NULL DEFAULT '{}'
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE events, audit_log, repository_grants, team_members, teams, refresh_tokens, sessions, robots,
        access_tokens`);
  }
}
