import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { LOGGER, type Logger } from '../http/logger.js';
import type { JobFacts, JobRun } from '../jobs/job.js';
import { JobRegistry } from '../jobs/job-registry.js';
import { StorageCheckStore } from './storage-check.store.js';
import { StorageUsageStore } from './storage-usage.store.js';

/** Keeps the sums of what everybody uses short, and holds them to what the links say. */
@Injectable()
export class StorageJobs {
  constructor(
    @Inject(StorageUsageStore) private readonly usage: StorageUsageStore,
    @Inject(StorageCheckStore) private readonly checks: StorageCheckStore,
    @Inject(Database) private readonly database: Database,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(JobRegistry) jobs: JobRegistry,
  ) {
    jobs.declare({
      name: 'storage-sums',
      title: 'Adds up what repositories and namespaces use',
      schedule: '*/5 * * * *',
      run: async (run) => ({ changes: await this.fold(run) }),
    });
    jobs.declare({
      name: 'storage-check',
      title: 'Counts what repositories and namespaces use anew, and reports what differs',
      schedule: '53 4 * * *',
      run: (run) => this.check(run),
    });
  }

  async fold(run: Pick<JobRun, 'signal' | 'report'>): Promise<number> {
    let done = 0;
    for (;;) {
      run.signal.throwIfAborted();
      const folded = await this.usage.fold(this.database);
      done += folded;
      run.report({ done });
      if (folded === 0) break;
    }
    await this.usage.forgetRemoved(this.database);
    return done;
  }

  /** Corrects nothing: a difference is a fault that somebody has to understand. */
  async check(run: Pick<JobRun, 'signal' | 'report'>): Promise<JobFacts> {
    const drifted: string[] = [];
    let checked = 0;
    for await (const { count, drifts } of this.checks.compare()) {
      run.signal.throwIfAborted();
      checked += count;
      drifted.push(...drifts);
      run.report({ done: checked });
    }
    if (drifted.length > 0) this.logger.error({ drifted }, 'the storage accounts differ from what is linked');
    return { checked, drifted: drifted.length, owners: drifted.slice(0, 100) };
  }
}
