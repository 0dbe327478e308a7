import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether a use of a credential was recorded within the last hour; refresh tokens that nobody has used for long. */
export class FindSignIns1795650000000 implements MigrationInterface {
  name = 'FindSignIns1795650000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX audit_log_sign_ins_ix ON audit_log (actor, at) WHERE action = 'credential.use' AND result = 'done'`,
    );
    await runner.query(
      `CREATE INDEX refresh_tokens_used_ix ON refresh_tokens ((coalesce(last_used_at, created_at)))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX audit_log_sign_ins_ix, refresh_tokens_used_ix`);
  }
}
