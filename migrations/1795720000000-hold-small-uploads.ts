import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The bytes of small uploads lie with their record until they are a blob, which spares them a file of their own. */
export class HoldSmallUploads1795720000000 implements MigrationInterface {
  name = 'HoldSmallUploads1795720000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE uploads ADD held bytea`);
    await runner.query(`ALTER TABLE uploads ALTER held SET STORAGE EXTERNAL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM uploads WHERE held IS NOT NULL`);
    await runner.query(`ALTER TABLE uploads DROP held`);
  }
}
