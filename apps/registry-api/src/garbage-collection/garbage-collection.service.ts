import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Requester } from '../access/credential.js';
import type { StoredRun } from '../jobs/job-run.store.js';
import { type JobOverview, JobsService } from '../jobs/jobs.service.js';
import { COLLECTION } from './collection-job.js';

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
  constructor(@Inject(JobsService) private readonly jobs: JobsService) {}

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

  async overview(): Promise<JobOverview> {
    return this.jobs.findJob(COLLECTION);
  }
}
