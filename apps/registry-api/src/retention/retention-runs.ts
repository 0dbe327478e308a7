import { Inject, Injectable } from '@nestjs/common';
import { JobRegistry } from '../jobs/job-registry.js';
import { ContentRemoval, type RuledRepository } from '../manifests/content-removal.js';
import { RetentionPlans } from './retention-plans.js';
import { RetentionTargetStore } from './retention-target.store.js';

export interface RetentionOutcome {
  readonly tagCount: number;
  readonly manifestCount: number;
}

const BATCH = 100;

/** Carries out plans: what a preview would show at that moment, into trash. What changes meanwhile stays. */
@Injectable()
export class RetentionRuns {
  constructor(
    @Inject(RetentionPlans) private readonly plans: RetentionPlans,
    @Inject(ContentRemoval) private readonly removal: ContentRemoval,
    @Inject(RetentionTargetStore) private readonly targets: RetentionTargetStore,
    @Inject(JobRegistry) jobs: JobRegistry,
  ) {
    jobs.declare({
      name: 'retention',
      title: 'Removes what retention policies do not keep, into trash',
      schedule: '17 3 * * *',
      run: async ({ signal }) => ({ ...(await this.runDue(signal)) }),
    });
  }

  /** Of one repository; undefined when no policy is for it. */
  async run(repository: RuledRepository, signal?: AbortSignal): Promise<RetentionOutcome | undefined> {
    const plan = await this.plans.plan(repository.id);
    if (!plan) return undefined;
    const only = new Set(plan.manifests);
    const tagsOf = new Map<string, string[]>();
    for (const { tag, digest } of plan.tags) tagsOf.set(digest, [...(tagsOf.get(digest) ?? []), tag]);
    let tagCount = 0;
    let manifestCount = 0;
    for (const digest of plan.manifests) {
      signal?.throwIfAborted();
      const tags = tagsOf.get(digest) ?? [];
      const how = { reason: 'retention', only, except: plan.staying } as const;
      const removed = await this.removal.removeImage(repository, digest, tags, how);
      tagCount += removed.tags.length;
      manifestCount += removed.digests.length;
    }
    for (const { tag, digest } of plan.tags) {
      if (only.has(digest)) continue;
      signal?.throwIfAborted();
      tagCount += await this.removal.removeTag(repository, digest, tag, 'retention');
    }
    return { tagCount, manifestCount };
  }

  /** Of every repository that has a policy, or whose namespace has one. */
  async runDue(signal?: AbortSignal): Promise<RetentionOutcome & { repositoryCount: number }> {
    let [tagCount, manifestCount, repositoryCount, last] = [0, 0, 0, '0'];
    for (;;) {
      const repositories = await this.targets.list(last, BATCH);
      for (const repository of repositories) {
        const outcome = await this.run(repository, signal);
        tagCount += outcome?.tagCount ?? 0;
        manifestCount += outcome?.manifestCount ?? 0;
        repositoryCount += 1;
        last = repository.id;
      }
      if (repositories.length < BATCH) return { tagCount, manifestCount, repositoryCount };
    }
  }
}
