import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { actorOf, factsOf } from '../access/actor.js';
import type { Requester } from '../access/credential.js';
import { AuditService } from '../audit/audit.service.js';
import { Database } from '../database/database.js';
import { Conflict, NotFound } from '../errors/domain-errors.js';
import { type CursorPage, cutCursorPage, type ListPage, readKeyset } from '../http/cursor-page.js';
import type { Job, JobFacts } from './job.js';
import { JobQueue } from './job-queue.js';
import { JobRegistry } from './job-registry.js';
import { JobRunStore, type StoredRun } from './job-run.store.js';

/** A job as admins see it. */
export interface JobOverview {
  readonly job: Job;
  /** When it comes by its schedule. */
  readonly nextAt?: Date;
  /** Queued or under way. */
  readonly current?: StoredRun;
  /** The last that ended. */
  readonly last?: StoredRun;
}

const runKeySchema = z.strictObject({ queuedAtMicros: z.string().regex(/^[0-9]{1,18}$/), id: z.uuid() });

/** What admins see of jobs, and do with them. */
@Injectable()
export class JobsService {
  constructor(
    @Inject(JobRegistry) private readonly registry: JobRegistry,
    @Inject(JobQueue) private readonly queue: JobQueue,
    @Inject(JobRunStore) private readonly runs: JobRunStore,
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  async listJobs(): Promise<JobOverview[]> {
    const latest = await this.runs.listLatest();
    return this.registry.list().map((job) => this.overview(job, latest));
  }

  /** Throws `NotFound`. */
  async findJob(name: string): Promise<JobOverview> {
    return this.overview(this.require(name), await this.runs.listLatest());
  }

  /** When a job comes by its schedule; undefined for one without. Throws `NotFound`. */
  nextTimeOf(name: string): Date | undefined {
    const { schedule } = this.require(name);
    return schedule === undefined ? undefined : this.queue.nextTime(schedule);
  }

  /** The newest first. Throws `NotFound`, `RequestInvalid`. */
  async listRuns(name: string, page: CursorPage): Promise<ListPage<StoredRun>> {
    this.require(name);
    const last = readKeyset(page, runKeySchema);
    const found = await this.runs.list(name, { last, limit: page.limit + 1 });
    const { items, nextCursor } = cutCursorPage(found, page, ({ key }) => JSON.stringify(key));
    return { items: items.map(({ run }) => run), nextCursor };
  }

  async findRun(id: string): Promise<StoredRun | undefined> {
    return this.runs.find(id);
  }

  /**
   * Lets a job run as soon as a process is free; recorded as `job.run`. `details` add to that entry of the audit log.
   * Throws `NotFound`, and `Conflict` while it is queued or under way.
   */
  async runNow(requester: Requester, name: string, input: JobFacts = {}): Promise<StoredRun> {
    this.require(name);
    const actor = actorOf(requester, factsOf(requester));
    const id = randomUUID();
    await this.database.transaction(async (client) => {
      if (!(await this.queue.send(client, { id, job: name, input }))) {
        throw new Conflict(`The job ${name} is queued or running already: wait for it, or cancel it first.`);
      }
      await this.runs.insertQueued(client, { id, job: name, input, requestedBy: actor.name });
      await this.audit.record({ actor, action: 'job.run', object: `job:${name}`, details: input }, client);
    });
    this.queue.wake();
    const run = await this.runs.find(id);
    if (!run) throw new Error('a run that was just written has no row');
    return run;
  }

  /** A run under way stops a little later. Throws `NotFound`, and `Conflict` if there is nothing to cancel. */
  async cancelRun(requester: Requester, name: string): Promise<StoredRun> {
    this.require(name);
    const actor = actorOf(requester, factsOf(requester));
    const id = await this.database.transaction(async (client) => {
      const cancelledId = await this.runs.cancel(client, name);
      if (cancelledId === undefined) throw new Conflict(`The job ${name} is neither queued nor running.`);
      await this.queue.cancel(client, cancelledId);
      await this.audit.record({ actor, action: 'job.cancel', object: `job:${name}` }, client);
      return cancelledId;
    });
    const run = await this.runs.find(id);
    if (!run) throw new Error('a run that was just cancelled has no row');
    return run;
  }

  private require(name: string): Job {
    const job = this.registry.find(name);
    if (!job) throw new NotFound('There is no such job.');
    return job;
  }

  private overview(job: Job, latest: readonly StoredRun[]): JobOverview {
    const own = latest.filter((run) => run.job === job.name);
    return {
      job,
      nextAt: this.nextTimeOf(job.name),
      current: own.find(({ finishedAt }) => finishedAt === undefined),
      last: own.find(({ finishedAt }) => finishedAt !== undefined),
    };
  }
}
