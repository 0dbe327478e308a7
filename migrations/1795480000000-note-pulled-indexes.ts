import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which client fetched which index in the last hour, so that the children it fetches next are not counted, whichever
 * process it asks. Unlogged: what a crash loses is an hour's worth of exactness.
 */
export class NotePulledIndexes1795480000000 implements MigrationInterface {
  name = 'NotePulledIndexes1795480000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE UNLOGGED TABLE index_pulls (
        manifest_id bigint NOT NULL,
        client bigint NOT NULL,
        pulled_at timestamptz NOT NULL,
        CONSTRAINT index_pulls_pk PRIMARY KEY (manifest_id, client)
      )`);
    await runner.query(`CREATE INDEX index_pulls_pulled_ix ON index_pulls (pulled_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE index_pulls`);
  }
}
