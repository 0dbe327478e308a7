import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Pulls by tag, and by day for what charts show. No foreign keys: what is counted is written by statements of its own,
 * which then wait for nothing that a push or a deletion holds. Counts of a tag outlive it, for the case that it is
 * restored, and go with its repository.
 */
export class CountPulls1795456800000 implements MigrationInterface {
  name = 'CountPulls1795456800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE tag_pulls (
        repository_id bigint NOT NULL,
        tag text COLLATE "C" NOT NULL,
        pull_count bigint NOT NULL,
        last_pulled_at timestamptz NOT NULL,
        CONSTRAINT tag_pulls_pk PRIMARY KEY (repository_id, tag)
      )`);
    await runner.query(`
      CREATE TABLE tag_pull_days (
        repository_id bigint NOT NULL,
        tag text COLLATE "C" NOT NULL,
        day date NOT NULL,
        pull_count integer NOT NULL,
        CONSTRAINT tag_pull_days_pk PRIMARY KEY (repository_id, tag, day)
      )`);
    await runner.query(`
      CREATE TABLE repository_pull_days (
        repository_id bigint NOT NULL,
        day date NOT NULL,
        pull_count integer NOT NULL,
        CONSTRAINT repository_pull_days_pk PRIMARY KEY (repository_id, day)
      )`);
    for (const table of ['tag_pull_days', 'repository_pull_days']) {
      await runner.query(`CREATE INDEX ${table}_day_ix ON ${table} (day)`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE repository_pull_days, tag_pull_days, tag_pulls`);
  }
}
