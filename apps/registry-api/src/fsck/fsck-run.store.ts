import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { type DifferenceCounts, noDifferences } from './difference.js';

/** How far a check has come. */
export interface FsckRun {
  readonly id: string;
  readonly isDeep: boolean;
  /** The last key that was done with. */
  readonly position: string;
  readonly checkedCount: number;
  readonly checkedBytes: number;
  readonly differences: DifferenceCounts;
  readonly startedAt: Date;
}

interface RunRow {
  readonly id: string;
  readonly is_deep: boolean;
  readonly position: string;
  readonly checked_count: string;
  readonly checked_bytes: string;
  readonly differences: Partial<DifferenceCounts>;
  readonly started_at: Date;
}

const columns = 'id, is_deep, position, checked_count, checked_bytes, differences, started_at';

@Injectable()
export class FsckRunStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  async begin(isDeep: boolean): Promise<FsckRun> {
    const [row] = await this.database.query<RunRow>(
      `INSERT INTO fsck_runs (is_deep) VALUES ($1) RETURNING ${columns}`,
      [isDeep],
    );
    if (!row) throw new Error('an insert answered no row');
    return toRun(row);
  }

  /** The last one of its kind, if it was broken off. */
  async findBrokenOff(isDeep: boolean): Promise<FsckRun | undefined> {
    const [row] = await this.database.query<RunRow & { finished_at: Date | null }>(
      `SELECT ${columns}, finished_at FROM fsck_runs WHERE is_deep = $1 ORDER BY id DESC LIMIT 1`,
      [isDeep],
    );
    return row && row.finished_at === null ? toRun(row) : undefined;
  }

  async save(run: FsckRun, isFinished: boolean): Promise<void> {
    await this.database.query(
      `UPDATE fsck_runs SET position = $2, checked_count = $3, checked_bytes = $4, differences = $5, updated_at = now(),
         finished_at = CASE WHEN $6 THEN now() END
       WHERE id = $1`,
      [run.id, run.position, run.checkedCount, run.checkedBytes, JSON.stringify(run.differences), isFinished],
    );
  }
}

function toRun(row: RunRow): FsckRun {
  return {
    id: row.id,
    isDeep: row.is_deep,
    position: row.position,
    checkedCount: Number(row.checked_count),
    checkedBytes: Number(row.checked_bytes),
    differences: { ...noDifferences, ...row.differences },
    startedAt: row.started_at,
  };
}
