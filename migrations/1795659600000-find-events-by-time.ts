import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For streams that go on where they were interrupted, and for removing what is old. */
export class FindEventsByTime1795659600000 implements MigrationInterface {
  name = 'FindEventsByTime1795659600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX events_at_ix ON events (at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX events_at_ix`);
  }
}
