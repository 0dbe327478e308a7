import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Similar words are found by their index also where there are so few that Postgres would rather read all of them. */
export class FindWordsByIndex1795671000000 implements MigrationInterface {
  name = 'FindWordsByIndex1795671000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER FUNCTION similar_words(text) SET enable_seqscan = off');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER FUNCTION similar_words(text) RESET enable_seqscan');
  }
}
