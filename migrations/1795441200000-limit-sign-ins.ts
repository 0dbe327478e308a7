import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Failed sign-ins are counted over all processes; links to set a password; what the audit log is searched by. */
export class LimitSignIns1795441200000 implements MigrationInterface {
  name = 'LimitSignIns1795441200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sign_in_failures (
        key bytea CONSTRAINT sign_in_failures_pk PRIMARY KEY,
        failures integer NOT NULL,
        window_ends_at timestamptz NOT NULL
      )`);
    await runner.query(`CREATE INDEX sign_in_failures_window_ix ON sign_in_failures (window_ends_at)`);
    await runner.query(`
      CREATE TABLE password_links (
        user_id bigint CONSTRAINT password_links_pk PRIMARY KEY
          CONSTRAINT password_links_user_fk REFERENCES users ON DELETE CASCADE,
        secret_hash bytea NOT NULL CONSTRAINT password_links_secret_uq UNIQUE,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL
      )`);
    await runner.query(`ALTER TABLE users ADD is_password_temporary boolean NOT NULL DEFAULT false`);
    await runner.query(`CREATE INDEX sessions_expires_ix ON sessions (expires_at)`);
    await runner.query(`CREATE INDEX audit_log_object_ix ON audit_log (object, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX audit_log_object_ix, sessions_expires_ix`);
    await runner.query(`ALTER TABLE users DROP is_password_temporary`);
    await runner.query(`DROP TABLE password_links, sign_in_failures`);
  }
}
