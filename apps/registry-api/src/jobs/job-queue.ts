import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { PgBoss } from 'pg-boss';
import { DataSource } from 'typeorm';
import { poolOf, type SqlClient } from '../database/database.js';
import { ENV, type Env } from '../env.js';
import { LOGGER, type Logger } from '../http/logger.js';
import { createBoss, QUEUE, within } from './boss.js';
import type { JobFacts } from './job.js';
import { JobRegistry } from './job-registry.js';
import { JobRunner, type QueuedJob } from './job-runner.js';

/** Jobs that one process has under way at most; a long one leaves room for the short ones. */
const AT_ONCE = 3;
const POLL_SECONDS = 5;
/** A job that was told to stop has this long; then it is another process's. */
const STOP_MS = 10_000;
const FOREVER = Number.MAX_SAFE_INTEGER;

/** The queue that all replicas share, and this process's share of the work. */
@Injectable()
export class JobQueue implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly boss: PgBoss;
  private readonly shutdown = new AbortController();
  private started?: Promise<PgBoss>;
  private workers: string[] = [];

  constructor(
    @Inject(ENV) private readonly env: Env,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(JobRegistry) private readonly registry: JobRegistry,
    @Inject(JobRunner) private readonly runner: JobRunner,
    @Inject(DataSource) dataSource: DataSource,
  ) {
    this.boss = createBoss(poolOf(dataSource), env.areJobsRun);
    this.boss.on('error', (err) => logger.warn({ err }, 'the job queue met an error; it goes on'));
    this.boss.on('warning', (warning) => logger.debug({ warning }, 'the job queue warns'));
  }

  /** Requests are served while it starts, and however long the database keeps it waiting. */
  onApplicationBootstrap(): void {
    if (!this.env.areJobsRun) return;
    this.work().catch((err: unknown) => {
      if (!this.shutdown.signal.aborted) this.logger.error({ err }, 'this process runs no jobs');
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.shutdown.abort(new Error('Berth stops'));
    if (this.started) await this.boss.stop({ timeout: STOP_MS });
  }

  /** False when the job is queued or under way already. */
  async send(client: SqlClient, run: { id: string; job: string; input: JobFacts }): Promise<boolean> {
    const boss = await this.start();
    const data: QueuedJob = { job: run.job, input: run.input };
    const id = await boss.send(QUEUE, data, { id: run.id, singletonKey: run.job, db: within(client) });
    return id !== null;
  }

  async cancel(client: SqlClient, id: string): Promise<void> {
    const boss = await this.start();
    await boss.cancel(QUEUE, id, { db: within(client) });
  }

  /** Looks for jobs now rather than at the next turn. */
  wake(): void {
    for (const worker of this.workers) this.boss.notifyWorker(worker);
  }

  /** When a job comes next by its schedule. */
  nextTime(schedule: string): Date | undefined {
    return this.boss.previewSchedule(schedule, { count: 1 })[0];
  }

  private start(): Promise<PgBoss> {
    this.started ??= this.boss.start({ attempts: this.env.areJobsRun ? FOREVER : 1 }).catch((error) => {
      this.started = undefined;
      throw error;
    });
    return this.started;
  }

  private async work(): Promise<void> {
    const boss = await this.start();
    await this.keepSchedules(boss);
    for (let worker = 0; worker < AT_ONCE; worker += 1) {
      const options = {
        includeMetadata: true,
        pollingIntervalSeconds: POLL_SECONDS,
        heartbeatRefreshSeconds: 1,
      } as const;
      const id = await boss.work<QueuedJob, void, typeof options>(QUEUE, options, async ([job]) => {
        if (job) await this.runner.run(job, this.shutdown.signal);
      });
      this.workers.push(id);
    }
  }

  private async keepSchedules(boss: PgBoss): Promise<void> {
    const kept = await boss.getSchedules(QUEUE);
    for (const { name, schedule } of this.registry.list()) {
      const known = kept.find(({ key }) => key === name);
      if (schedule === undefined) {
        if (known) await boss.unschedule(QUEUE, name);
      } else if (known?.cron !== schedule) {
        await boss.schedule(
          QUEUE,
          schedule,
          { job: name },
          { key: name, singletonKey: name, missed: 'once' },
        );
      }
    }
  }
}
