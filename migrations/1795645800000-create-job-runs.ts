import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What admins see of jobs. The queue itself is pg-boss' own schema, which `migrate` brings up to date after this. */
export class CreateJobRuns1795645800000 implements MigrationInterface {
  name = 'CreateJobRuns1795645800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE job_runs (
        id uuid CONSTRAINT job_runs_pk PRIMARY KEY,
        job text COLLATE "C" NOT NULL,
        state text NOT NULL
          CONSTRAINT job_runs_state_ck CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
        requested_by text,
        input jsonb NOT NULL DEFAULT '{}',
        attempt integer NOT NULL DEFAULT 0,
        done bigint NOT NULL DEFAULT 0,
        total bigint,
        bytes bigint NOT NULL DEFAULT 0,
        result jsonb,
        error text,
        queued_at timestamptz NOT NULL DEFAULT now(),
        started_at timestamptz,
        seen_at timestamptz,
        cancelled_at timestamptz,
        finished_at timestamptz
      )`);
    await runner.query(`CREATE INDEX job_runs_job_ix ON job_runs (job, queued_at, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE job_runs`);
  }
}
