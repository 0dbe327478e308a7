import { Inject, Injectable } from '@nestjs/common';
import { ENV, type Env } from '../env.js';
import { JobRegistry } from '../jobs/job-registry.js';
import { AuditStore } from './audit.store.js';

/** Removes what is older than `BERTH_AUDIT_DAYS`. */
@Injectable()
export class AuditRetention {
  constructor(
    @Inject(AuditStore) private readonly entries: AuditStore,
    @Inject(ENV) private readonly env: Env,
    @Inject(JobRegistry) jobs: JobRegistry,
  ) {
    jobs.declare({
      name: 'audit-retention',
      title: `Removes entries of the audit log older than ${env.auditDays} days`,
      schedule: '23 * * * *',
      run: async () => ({ removed: await this.sweep() }),
    });
  }

  /** Answers how many entries were removed. */
  async sweep(): Promise<number> {
    return this.entries.removeOlderThan(this.env.auditDays);
  }
}
