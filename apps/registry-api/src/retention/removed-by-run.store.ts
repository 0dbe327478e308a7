import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';

/** What a run removed, and what of it is still to be restored. */
export interface RemovedByRun {
  /** Entries in the trash. */
  readonly trashIds: readonly string[];
  /** Moves by which tags went alone, since their image stayed; of tags that are not there again. */
  readonly moveIds: readonly string[];
}

/** SQL: what of `run` is in trash; `days` is how long trash is kept. Runs alone remove for this reason. */
export function trashOfRun(days: string): string {
  return `
    FROM trashed_manifests entry
    WHERE entry.repository_id = run.repository_id AND entry.id = entry.root_id AND entry.reason = 'retention'
      AND entry.deleted_at BETWEEN run.started_at AND run.finished_at
      AND entry.deleted_at > now() - make_interval(days => ${days})`;
}

/** SQL: which tags of `run` went without their image. */
export const movesOfRun = `
    FROM tag_history move
    WHERE move.repository_id = run.repository_id AND move.to_digest IS NULL AND move.credential = 'retention'
      AND move.moved_at BETWEEN run.started_at AND run.finished_at
      AND EXISTS (SELECT FROM manifests WHERE repository_id = run.repository_id AND digest = move.from_digest)
      AND NOT EXISTS (SELECT FROM tags WHERE repository_id = run.repository_id AND name = move.tag)`;

@Injectable()
export class RemovedByRunStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Undefined when the repository has no such run. */
  async find(repositoryId: string, runId: string, days: number): Promise<RemovedByRun | undefined> {
    const [row] = await this.database.query<{ trash_ids: string[]; move_ids: string[] }>(
      `SELECT ARRAY(SELECT entry.id ${trashOfRun('$3')} ORDER BY entry.id) AS trash_ids,
         ARRAY(SELECT move.id ${movesOfRun} ORDER BY move.id) AS move_ids
       FROM retention_runs run WHERE run.repository_id = $1 AND run.id = $2`,
      [repositoryId, runId, days],
    );
    return row && { trashIds: row.trash_ids, moveIds: row.move_ids };
  }
}
