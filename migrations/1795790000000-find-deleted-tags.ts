import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Deletions of tags are few among their moves: the trash of a repository lists them. */
export class FindDeletedTags1795790000000 implements MigrationInterface {
  name = 'FindDeletedTags1795790000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX tag_history_deleted_ix ON tag_history (repository_id, id) WHERE to_digest IS NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX tag_history_deleted_ix`);
  }
}
