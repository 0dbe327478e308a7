import { Injectable } from '@nestjs/common';
import type { Job } from './job.js';

/**
 * The jobs of this program. A feature declares its own while it is made:
 *
 * @example
 * constructor(\@Inject(JobRegistry) jobs: JobRegistry) {
 *   jobs.declare({ name: 'audit-retention', title: 'Removes old …', schedule: '23 * * * *', run: () => this.sweep() });
 * }
 */
@Injectable()
export class JobRegistry {
  private readonly byName = new Map<string, Job>();

  declare(job: Job): void {
    if (!/^[a-z]+(-[a-z]+)*$/.test(job.name)) throw new Error(`a job's name is kebab-case, not ${job.name}`);
    if (this.byName.has(job.name)) throw new Error(`two jobs are called ${job.name}`);
    this.byName.set(job.name, job);
  }

  find(name: string): Job | undefined {
    return this.byName.get(name);
  }

  /** By name. */
  list(): Job[] {
    return [...this.byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
