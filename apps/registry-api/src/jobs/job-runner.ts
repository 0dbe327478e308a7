import { Inject, Injectable } from '@nestjs/common';
import type { JobWithMetadata } from 'pg-boss';
import { LOGGER, type Logger } from '../http/logger.js';
import type { Job, JobFacts, JobProgress } from './job.js';
import { JobRegistry } from './job-registry.js';
import { JobRunStore } from './job-run.store.js';

/** What pg-boss keeps of a run. */
export interface QueuedJob {
  readonly job: string;
  readonly input?: JobFacts;
}

const NOTE_EVERY_MS = 1000;

/** Runs jobs in this process and writes down how they go on. */
@Injectable()
export class JobRunner {
  constructor(
    @Inject(JobRegistry) private readonly registry: JobRegistry,
    @Inject(JobRunStore) private readonly runs: JobRunStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Throws what the job throws, so that pg-boss lets it be tried again; `shutdown` cuts it off. */
  async run(queued: JobWithMetadata<QueuedJob>, shutdown: AbortSignal): Promise<void> {
    const { job: name, input = {} } = queued.data;
    const job = this.registry.find(name);
    // A schedule of another version of Berth, which may still run beside this one.
    if (!job) throw new Error(`this version of Berth has no job ${name}`);
    const attempt = await this.runs.begin({ id: queued.id, job: name, input });
    const signal = AbortSignal.any([queued.signal, shutdown]);
    try {
      const result = await this.attempt(job, { id: queued.id, attempt, input, signal });
      await this.runs.finish(queued.id, attempt, { state: 'done', result });
      this.logger.info({ job: name, ...result }, 'job done');
    } catch (err) {
      const state = queued.retryCount < queued.retryLimit ? 'queued' : 'failed';
      const error = err instanceof Error ? err.message : String(err);
      if (signal.aborted) this.logger.info({ job: name, reason: error }, 'job stopped');
      else this.logger.warn({ err, job: name, state }, 'job failed');
      await this.runs.finish(queued.id, attempt, { state, error });
      throw err;
    }
  }

  private async attempt(
    job: Job,
    run: { id: string; attempt: number; input: JobFacts; signal: AbortSignal },
  ): Promise<JobFacts> {
    const lost = new AbortController();
    let progress: JobProgress = { done: 0 };
    const note = async () => {
      const isOurs = await this.runs.note(run.id, run.attempt, progress);
      if (!isOurs) lost.abort(new Error('the run is not this process’s any more'));
    };
    // A database that is away says nothing about whose the run is.
    const timer = setInterval(() => void note().catch(() => undefined), NOTE_EVERY_MS);
    try {
      const signal = AbortSignal.any([run.signal, lost.signal]);
      const report = (latest: JobProgress) => {
        progress = latest;
      };
      const result = await job.run({ input: run.input, signal, report });
      await note();
      return result;
    } finally {
      clearInterval(timer);
    }
  }
}
