import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Repositories by their tags, answered by the index alone. */
export class FindTagsByName1795465800000 implements MigrationInterface {
  name = 'FindTagsByName1795465800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX tags_lower_name_ix`);
    await runner.query(`CREATE INDEX tags_name_ix ON tags (name, repository_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX tags_name_ix`);
    await runner.query(`CREATE INDEX tags_lower_name_ix ON tags (lower(name), repository_id)`);
  }
}
