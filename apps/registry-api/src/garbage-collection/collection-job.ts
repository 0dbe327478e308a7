import { Inject, Injectable } from '@nestjs/common';
import { ENV, type Env } from '../env.js';
import type { JobFacts, JobRun } from '../jobs/job.js';
import { JobRegistry } from '../jobs/job-registry.js';
import { Collector } from './collector.js';

export const COLLECTION = 'collection';

/** Collects by its schedule, and as admins ask for it: `graceSeconds` and `dryRun` are what they may say. */
@Injectable()
export class CollectionJob {
  constructor(
    @Inject(Collector) private readonly collector: Collector,
    @Inject(ENV) private readonly env: Env,
    @Inject(JobRegistry) jobs: JobRegistry,
  ) {
    jobs.declare({
      name: COLLECTION,
      title: 'Removes blobs that nothing needs any more',
      schedule: '17 * * * *',
      run: (run) => this.collect(run),
    });
  }

  private async collect(run: JobRun): Promise<JobFacts> {
    const { graceSeconds = this.env.collectionGraceSeconds, dryRun = false } = run.input;
    const options = { graceSeconds: Number(graceSeconds), isDryRun: dryRun === true };
    return { ...options, ...(await this.collector.collect(options, run)) };
  }
}
