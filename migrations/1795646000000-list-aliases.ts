import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The other tags of a digest in their order: there may be very many, of which a list shows the first few. */
export class ListAliases1795646000000 implements MigrationInterface {
  name = 'ListAliases1795646000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX tags_aliases_ix ON tags (manifest_id, name)`);
    await runner.query(`DROP INDEX tags_manifest_ix`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX tags_manifest_ix ON tags (manifest_id)`);
    await runner.query(`DROP INDEX tags_aliases_ix`);
  }
}
