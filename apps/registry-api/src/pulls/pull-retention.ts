import { Inject, Injectable } from '@nestjs/common';
import { JobRegistry } from '../jobs/job-registry.js';
import { limits } from '../limits.js';
import { PullStore } from './pull.store.js';

/** Keeps pulls by day for as long as something shows them. */
@Injectable()
export class PullRetention {
  constructor(
    @Inject(PullStore) private readonly pulls: PullStore,
    @Inject(JobRegistry) jobs: JobRegistry,
  ) {
    jobs.declare({
      name: 'pull-retention',
      title: `Removes pulls by day older than ${limits.pullDays} days; totals stay`,
      schedule: '43 * * * *',
      run: async () => ({ removed: await this.sweep() }),
    });
  }

  /** Answers how many days were removed. */
  async sweep(): Promise<number> {
    return this.pulls.removeOld();
  }
}
