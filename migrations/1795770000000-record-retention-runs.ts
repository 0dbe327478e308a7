import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each run of a retention policy removed from a repository; the column of rules for it was never written. */
export class RecordRetentionRuns1795770000000 implements MigrationInterface {
  name = 'RecordRetentionRuns1795770000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE lifecycle_rules DROP retention_run_at`);
    await runner.query(`
      CREATE TABLE retention_runs (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT retention_runs_pk PRIMARY KEY,
        repository_id bigint NOT NULL CONSTRAINT retention_runs_repository_fk REFERENCES repositories ON DELETE CASCADE,
        started_at timestamptz NOT NULL,
        finished_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        run_by text NOT NULL,
        tag_count integer NOT NULL,
        manifest_count integer NOT NULL,
        freed_bytes bigint NOT NULL
      )`);
    await runner.query(
      `CREATE INDEX retention_runs_repository_ix ON retention_runs (repository_id, id DESC)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE retention_runs`);
    await runner.query(`ALTER TABLE lifecycle_rules ADD retention_run_at timestamptz`);
  }
}
