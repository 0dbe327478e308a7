import type { StoredRun } from './job-run.store.js';
import type { JobAnswer, JobRunAnswer } from './jobs.schema.js';
import type { JobOverview } from './jobs.service.js';

export function toJobAnswer({ job, nextAt, current, last }: JobOverview): JobAnswer {
  return {
    name: job.name,
    title: job.title,
    schedule: job.schedule ?? null,
    nextAt: nextAt?.toISOString() ?? null,
    current: current ? toRunAnswer(current) : null,
    last: last ? toRunAnswer(last) : null,
  };
}

export function toRunAnswer(run: StoredRun): JobRunAnswer {
  const { done, total, bytes } = run.progress;
  return {
    id: run.id,
    job: run.job,
    state: run.state,
    requestedBy: run.requestedBy ?? null,
    input: run.input,
    progress: { done, total: total ?? null, bytes, etaSeconds: etaSeconds(run, new Date()) ?? null },
    result: run.result ?? null,
    error: run.error ?? null,
    queuedAt: run.queuedAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
  };
}

/** At the rate so far; undefined while there is none. */
export function etaSeconds(
  { state, startedAt, progress: { done, total } }: Pick<StoredRun, 'state' | 'startedAt' | 'progress'>,
  now: Date,
): number | undefined {
  if (state !== 'running' || !startedAt || total === undefined || done <= 0) return undefined;
  const elapsedSeconds = (now.getTime() - startedAt.getTime()) / 1000;
  return Math.max(0, Math.ceil((elapsedSeconds / done) * (total - done)));
}
