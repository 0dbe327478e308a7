import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { movesOfRun, trashOfRun } from './removed-by-run.store.js';

/** What one run removed. */
export interface RecordedRun {
  readonly id: string;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  /** A name, or `system`. */
  readonly runBy: string;
  readonly tagCount: number;
  readonly manifestCount: number;
  readonly freedBytes: number;
  /** Whether some of it is still to be restored. */
  readonly isRestorable: boolean;
}

interface RunRow {
  readonly id: string;
  readonly started_at: Date;
  readonly finished_at: Date;
  readonly run_by: string;
  readonly tag_count: number;
  readonly manifest_count: number;
  readonly freed_bytes: string;
  readonly is_restorable: boolean;
}

/** Runs are kept for so long, the last of a repository for as long as it is the last. */
const KEPT_DAYS = 90;

@Injectable()
export class RetentionRunStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Records a run that has ended just now, and forgets old ones. */
  async insert(
    repositoryId: string,
    run: Omit<RecordedRun, 'id' | 'finishedAt' | 'isRestorable'>,
  ): Promise<RecordedRun> {
    const [row] = await this.database.query<RunRow & Record<string, unknown>>(
      `WITH old AS (
         DELETE FROM retention_runs WHERE repository_id = $1 AND finished_at < now() - make_interval(days => ${KEPT_DAYS})
       )
       INSERT INTO retention_runs (repository_id, started_at, run_by, tag_count, manifest_count, freed_bytes)
       VALUES ($1, $2, $3, $4, $5, $6) RETURNING *, tag_count + manifest_count > 0 AS is_restorable`,
      [repositoryId, run.startedAt, run.runBy, run.tagCount, run.manifestCount, run.freedBytes],
    );
    if (!row) throw new Error('the run answered no row');
    return toRun(row);
  }

  /** The newest first, after the id `last`. */
  async list(
    repositoryId: string,
    { last, limit, days }: { readonly last?: string; readonly limit: number; readonly days: number },
  ): Promise<RecordedRun[]> {
    const rows = await this.database.query<RunRow & Record<string, unknown>>(
      `SELECT run.*, run.tag_count + run.manifest_count > 0
         AND (EXISTS (SELECT ${trashOfRun('$4')}) OR EXISTS (SELECT ${movesOfRun})) AS is_restorable
       FROM retention_runs run WHERE run.repository_id = $1 AND ($2::bigint IS NULL OR run.id < $2)
       ORDER BY run.id DESC LIMIT $3`,
      [repositoryId, last ?? null, limit, days],
    );
    return rows.map(toRun);
  }
}

function toRun(row: RunRow): RecordedRun {
  return {
    id: row.id,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    runBy: row.run_by,
    tagCount: row.tag_count,
    manifestCount: row.manifest_count,
    freedBytes: Number(row.freed_bytes),
    isRestorable: row.is_restorable,
  };
}
