import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Identities of other providers, sign-ins on their way there and back, and teams made of their groups. */
export class SignInByOidc1795458600000 implements MigrationInterface {
  name = 'SignInByOidc1795458600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE user_identities (
        provider text COLLATE "C" NOT NULL,
        issuer text COLLATE "C" NOT NULL,
        subject text COLLATE "C" NOT NULL,
        user_id bigint NOT NULL CONSTRAINT user_identities_user_fk REFERENCES users ON DELETE CASCADE,
        display_name text,
        groups text[] NOT NULL DEFAULT '{}',
        created_at timestamptz NOT NULL DEFAULT now(),
        last_sign_in_at timestamptz,
        CONSTRAINT user_identities_pk PRIMARY KEY (provider, issuer, subject),
        CONSTRAINT user_identities_user_uq UNIQUE (user_id, provider)
      )`);
    await runner.query(`
      CREATE TABLE oidc_logins (
        state_hash bytea CONSTRAINT oidc_logins_pk PRIMARY KEY,
        browser_hash bytea NOT NULL,
        provider text NOT NULL,
        next text NOT NULL,
        session_id bigint CONSTRAINT oidc_logins_session_fk REFERENCES sessions ON DELETE CASCADE,
        expires_at timestamptz NOT NULL
      )`);
    await runner.query(`CREATE INDEX oidc_logins_expires_ix ON oidc_logins (expires_at)`);
    await runner.query(
      `CREATE INDEX oidc_logins_session_ix ON oidc_logins (session_id) WHERE session_id IS NOT NULL`,
    );
    await runner.query(`
      CREATE TABLE team_groups (
        team_id bigint NOT NULL CONSTRAINT team_groups_team_fk REFERENCES teams ON DELETE CASCADE,
        provider text COLLATE "C" NOT NULL,
        group_name text COLLATE "C" NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT team_groups_pk PRIMARY KEY (team_id, provider, group_name)
      )`);
    await runner.query(`CREATE INDEX team_groups_group_ix ON team_groups (provider, group_name)`);
    await runner.query(`ALTER TABLE team_members ADD is_from_groups boolean NOT NULL DEFAULT false`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM team_members WHERE is_from_groups`);
    await runner.query(`ALTER TABLE team_members DROP is_from_groups`);
    await runner.query(`DROP TABLE team_groups, oidc_logins, user_identities`);
  }
}
