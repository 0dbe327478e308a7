import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far a comparison of the store with the database has come, so that it can go on after an interruption. */
export class CheckStore1795658400000 implements MigrationInterface {
  name = 'CheckStore1795658400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE fsck_runs (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT fsck_runs_pk PRIMARY KEY,
        is_deep boolean NOT NULL,
        position text COLLATE "C" NOT NULL DEFAULT '',
        checked_count bigint NOT NULL DEFAULT 0,
        checked_bytes bigint NOT NULL DEFAULT 0,
        differences jsonb NOT NULL DEFAULT '{}',
        started_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE fsck_runs`);
  }
}
