import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';

const BATCH = 1000;

/** What is removed before the manifests; children of an index reference manifests of the same repository. */
const partsOf = (table: string, key: string, where: string) => `
  DELETE FROM ${table} WHERE ctid IN (SELECT ctid FROM ${table} WHERE ${key} ${where} LIMIT ${BATCH})`;

const ofManifests = 'IN (SELECT id FROM manifests WHERE repository_id = $1)';
const steps = [
  partsOf('manifest_references', 'manifest_id', ofManifests),
  partsOf('tags', 'repository_id', '= $1'),
  partsOf('manifests', 'repository_id', '= $1'),
  partsOf('trashed_manifests', 'id = root_id AND repository_id', '= $1'),
  partsOf('repository_blobs', 'repository_id', '= $1'),
  partsOf('tag_history', 'repository_id', '= $1'),
  partsOf('tag_pulls', 'repository_id', '= $1'),
  partsOf('tag_pull_days', 'repository_id', '= $1'),
  partsOf('repository_pull_days', 'repository_id', '= $1'),
];

/** Removes repositories for good. */
@Injectable()
export class RepositoryPurgeStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Those whose removal has begun, or whose time in trash is over, which are claimed with that. */
  async claim(days: number, limit: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `UPDATE repositories SET purge_started_at = coalesce(purge_started_at, now()) WHERE id IN (
         SELECT id FROM repositories
         WHERE deleted_at IS NOT NULL AND (purge_started_at IS NOT NULL OR deleted_at <= now() - make_interval(days => $1))
         ORDER BY deleted_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING id`,
      [days, limit],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Removes a claimed repository, a batch a statement, so that no lock is held for long. What is left of one that was
   * interrupted is removed by the next call.
   */
  async remove(id: string): Promise<void> {
    for (const step of steps) {
      for (;;) {
        const rows = await this.database.query(`${step} RETURNING 1`, [id]);
        if (rows.length < BATCH) break;
      }
    }
    await this.database.query('DELETE FROM repositories WHERE id = $1 AND purge_started_at IS NOT NULL', [
      id,
    ]);
  }
}
