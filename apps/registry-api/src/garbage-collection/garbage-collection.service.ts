import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { actorOf, factsOf } from '../access/actor.js';
import type { Requester } from '../access/credential.js';
import { AuditService } from '../audit/audit.service.js';
import { ENV, type Env } from '../env.js';
import type { JobRun } from '../jobs/job.js';
import type { StoredRun } from '../jobs/job-run.store.js';
import { type JobOverview, JobsService } from '../jobs/jobs.service.js';
import { COLLECTION } from './collection-job.js';
import { type Collected, Collector } from './collector.js';

export interface CollectionRequest {
  readonly graceSeconds?: number;
  readonly isDryRun: boolean;
  /** How long to wait for its end. */
  readonly waitSeconds: number;
}

const LOOK_EVERY_MS = 200;

/** Collections as admins ask for them. */
@Injectable()
export class GarbageCollection {
  constructor(
    @Inject(JobsService) private readonly jobs: JobsService,
    @Inject(Collector) private readonly collector: Collector,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** Answers the run when it has ended, or as it is after `waitSeconds`. Throws `Conflict` while another one runs. */
  async collect(requester: Requester, request: CollectionRequest): Promise<StoredRun> {
    const { graceSeconds, isDryRun: dryRun, waitSeconds } = request;
    const begun = await this.jobs.runNow(requester, COLLECTION, {
      ...(graceSeconds === undefined ? {} : { graceSeconds }),
      dryRun,
    });
    const until = Date.now() + waitSeconds * 1000;
    let run = begun;
    while (run.finishedAt === undefined && Date.now() < until) {
      await delay(LOOK_EVERY_MS);
      run = (await this.jobs.findRun(begun.id)) ?? run;
    }
    return run;
  }

  /** In this process, beside whatever the jobs do: two at once do each other no harm. */
  async collectHere(
    requester: Requester,
    { graceSeconds = this.env.collectionGraceSeconds, isDryRun }: Omit<CollectionRequest, 'waitSeconds'>,
    run: Pick<JobRun, 'signal' | 'report'>,
  ): Promise<Collected> {
    const actor = actorOf(requester, factsOf(requester));
    const details = { graceSeconds, dryRun: isDryRun };
    await this.audit.record({ actor, action: 'job.run', object: `job:${COLLECTION}`, details });
    return this.collector.collect({ graceSeconds, isDryRun }, run);
  }

  async overview(): Promise<JobOverview> {
    return this.jobs.findJob(COLLECTION);
  }
}
