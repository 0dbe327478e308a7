import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Access tokens rotate with an overlap, as robots' secrets do; what was got with the secret before ends with it. */
export class RotateAccessTokens1795437600000 implements MigrationInterface {
  name = 'RotateAccessTokens1795437600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE access_tokens
        ADD previous_secret_hash bytea,
        ADD previous_expires_at timestamptz,
        ADD credentials_version integer NOT NULL DEFAULT 1`);
    await runner.query(
      `CREATE UNIQUE INDEX access_tokens_previous_secret_uq ON access_tokens (previous_secret_hash)
         WHERE previous_secret_hash IS NOT NULL`,
    );
    await runner.query(`UPDATE refresh_tokens SET credentials_version = 1 WHERE access_token_id IS NOT NULL`);
    await runner.query(`CREATE INDEX refresh_tokens_access_token_ix ON refresh_tokens (access_token_id)`);
    await runner.query(`CREATE INDEX refresh_tokens_robot_ix ON refresh_tokens (robot_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX refresh_tokens_access_token_ix, refresh_tokens_robot_ix`);
    await runner.query(`
      ALTER TABLE access_tokens
        DROP previous_secret_hash, DROP previous_expires_at, DROP credentials_version`);
  }
}
