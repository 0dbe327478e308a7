import { Inject, Injectable } from '@nestjs/common';
import { Database, type SqlClient } from '../database/database.js';
import type { JobFacts, JobProgress } from './job.js';

export type JobState = 'queued' | 'running' | 'interrupted' | 'cancelling' | 'done' | 'failed' | 'cancelled';

/** A run as anybody sees it, in any replica. */
export interface StoredRun {
  readonly id: string;
  readonly job: string;
  /** `interrupted`: its process gave no sign of life for a while; it is begun again. */
  readonly state: JobState;
  readonly requestedBy?: string;
  readonly input: JobFacts;
  readonly progress: Required<Pick<JobProgress, 'done' | 'bytes'>> & { readonly total?: number };
  readonly result?: JobFacts;
  readonly error?: string;
  readonly queuedAt: Date;
  readonly startedAt?: Date;
  readonly finishedAt?: Date;
}

/** How an attempt ended; `queued`: with an error, and it is tried again. */
export interface Outcome {
  readonly state: 'done' | 'failed' | 'queued';
  readonly result?: JobFacts;
  readonly error?: string;
}

/** A place in the list of a job's runs, the newest first. */
export interface RunKey {
  readonly queuedAtMicros: string;
  readonly id: string;
}

/** A living process writes about once a second. */
const SILENT = "interval '30 seconds'";
const KEPT_RUNS = 200;

const columns = `
  id, job, requested_by, input, done, total, bytes, result, error, queued_at, started_at, finished_at,
  (extract(epoch FROM queued_at) * 1000000)::bigint AS queued_at_micros,
  CASE WHEN state = 'running' AND cancelled_at IS NOT NULL THEN 'cancelling'
    WHEN state = 'running' AND seen_at < now() - ${SILENT} THEN 'interrupted' ELSE state END AS state`;

@Injectable()
export class JobRunStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  async insertQueued(
    client: SqlClient,
    run: Pick<StoredRun, 'id' | 'job' | 'input' | 'requestedBy'>,
  ): Promise<void> {
    await client.query(
      `INSERT INTO job_runs (id, job, state, input, requested_by) VALUES ($1, $2, 'queued', $3, $4)`,
      [run.id, run.job, JSON.stringify(run.input), run.requestedBy ?? null],
    );
  }

  /** Writes down that a run begins, perhaps again, and answers which attempt it is. */
  async begin(run: Pick<StoredRun, 'id' | 'job' | 'input'>): Promise<number> {
    // Only one run of a job is under way at any time: what looks like another has lost its process.
    await this.database.query(
      `UPDATE job_runs SET state = 'failed', error = 'Its process ended.', finished_at = coalesce(seen_at, now())
       WHERE job = $1 AND id <> $2 AND state IN ('queued', 'running')`,
      [run.job, run.id],
    );
    await this.database.query(
      `DELETE FROM job_runs WHERE job = $1 AND id NOT IN (
         SELECT id FROM job_runs WHERE job = $1 ORDER BY queued_at DESC, id DESC LIMIT ${KEPT_RUNS})`,
      [run.job],
    );
    const [row] = await this.database.query<{ attempt: number }>(
      `INSERT INTO job_runs AS run (id, job, state, input, attempt, started_at, seen_at)
       VALUES ($1, $2, 'running', $3, 1, now(), now())
       ON CONFLICT (id) DO UPDATE SET state = 'running', attempt = run.attempt + 1, started_at = now(), seen_at = now(),
         done = 0, total = NULL, bytes = 0, error = NULL, finished_at = NULL
       RETURNING attempt`,
      [run.id, run.job, JSON.stringify(run.input)],
    );
    if (!row) throw new Error('a run that begins has no row');
    return row.attempt;
  }

  /** A sign of life, and how far it is; false when the run is another process's now. */
  async note(id: string, attempt: number, { done, total, bytes }: JobProgress): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE job_runs SET done = $3, total = $4, bytes = $5, seen_at = now()
       WHERE id = $1 AND attempt = $2 AND state = 'running' RETURNING id`,
      [id, attempt, done, total ?? null, bytes ?? 0],
    );
    return rows.length > 0;
  }

  /**
   * Writes nothing when the run is another process's now. One that failed while it was being cancelled is cancelled.
   */
  async finish(id: string, attempt: number, { state, result, error }: Outcome): Promise<void> {
    await this.database.query(
      `UPDATE job_runs SET state = ended.state, result = $4, error = CASE WHEN ended.state <> 'cancelled' THEN $5 END,
         finished_at = CASE WHEN ended.state <> 'queued' THEN now() END
       FROM (SELECT CASE WHEN $3 <> 'done' AND cancelled_at IS NOT NULL THEN 'cancelled' ELSE $3 END AS state
             FROM job_runs WHERE id = $1) ended
       WHERE id = $1 AND attempt = $2 AND job_runs.state = 'running'`,
      [id, attempt, state, result ? JSON.stringify(result) : null, error ?? null],
    );
  }

  /**
   * Marks the run that is queued or under way as cancelled, at once if no process is at it; answers its id.
   */
  async cancel(client: SqlClient, job: string): Promise<string | undefined> {
    const [row] = await client.query<{ id: string }>(
      `UPDATE job_runs SET cancelled_at = now(), state = CASE WHEN alive.is_alive THEN state ELSE 'cancelled' END,
         finished_at = CASE WHEN alive.is_alive THEN NULL ELSE now() END
       FROM (SELECT id, state = 'running' AND seen_at > now() - ${SILENT} AS is_alive FROM job_runs
             WHERE job = $1 AND state IN ('queued', 'running') FOR UPDATE) alive
       WHERE job_runs.id = alive.id RETURNING job_runs.id`,
      [job],
    );
    return row?.id;
  }

  async find(id: string): Promise<StoredRun | undefined> {
    const [row] = await this.database.query<RunRow>(`SELECT ${columns} FROM job_runs WHERE id = $1`, [id]);
    return row && toRun(row);
  }

  /** The run of each job that is queued or under way, and the last one that ended. */
  async listLatest(): Promise<StoredRun[]> {
    const rows = await this.database.query<RunRow>(
      `SELECT DISTINCT ON (job, finished_at IS NULL) ${columns} FROM job_runs
       ORDER BY job, finished_at IS NULL, queued_at DESC, id DESC`,
    );
    return rows.map(toRun);
  }

  /** The newest first. */
  async list(
    job: string,
    page: { last?: RunKey; limit: number },
  ): Promise<{ run: StoredRun; key: RunKey }[]> {
    const rows = await this.database.query<RunRow>(
      `SELECT ${columns} FROM job_runs
       WHERE job = $1 AND ($2::bigint IS NULL
         OR ((extract(epoch FROM queued_at) * 1000000)::bigint, id) < ($2, $3::uuid))
       ORDER BY queued_at DESC, id DESC LIMIT $4`,
      [job, page.last?.queuedAtMicros ?? null, page.last?.id ?? null, page.limit],
    );
    return rows.map((row) => ({
      run: toRun(row),
      key: { queuedAtMicros: row.queued_at_micros, id: row.id },
    }));
  }
}

interface RunRow {
  readonly id: string;
  readonly job: string;
  readonly state: JobState;
  readonly requested_by: string | null;
  readonly input: JobFacts;
  readonly done: string;
  readonly total: string | null;
  readonly bytes: string;
  readonly result: JobFacts | null;
  readonly error: string | null;
  readonly queued_at: Date;
  readonly queued_at_micros: string;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
}

function toRun(row: RunRow): StoredRun {
  return {
    id: row.id,
    job: row.job,
    state: row.state,
    requestedBy: row.requested_by ?? undefined,
    input: row.input,
    progress: {
      done: Number(row.done),
      total: row.total === null ? undefined : Number(row.total),
      bytes: Number(row.bytes),
    },
    result: row.result ?? undefined,
    error: row.error ?? undefined,
    queuedAt: row.queued_at,
    startedAt: row.started_at ?? undefined,
    finishedAt: row.finished_at ?? undefined,
  };
}
