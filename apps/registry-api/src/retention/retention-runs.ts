import { Inject, Injectable } from '@nestjs/common';
import { Conflict } from '../errors/domain-errors.js';
import { JobRegistry } from '../jobs/job-registry.js';
import { ContentRemoval, type RuledRepository } from '../manifests/content-removal.js';
import { planDigest } from './plan-digest.js';
import type { RetentionPlan } from './retention-plan.js';
import { RetentionPlans } from './retention-plans.js';
import { type RecordedRun, RetentionRunStore } from './retention-run.store.js';
import { RetentionTargetStore } from './retention-target.store.js';

/** What was removed. */
export interface RetentionOutcome {
  readonly tagCount: number;
  readonly manifestCount: number;
}

/** By whom a run was asked for, and the digest of the plan that was shown to them. */
interface RetentionOrder {
  readonly runBy?: string;
  readonly lookedAt?: string;
  readonly signal?: AbortSignal;
}

export const RETENTION = 'retention';
const BATCH = 100;
const CHANGED = 'What the policy removes has changed since the preview: look at a new one first.';

/** Carries out plans: what a preview would show at that moment, into trash. What changes meanwhile stays. */
@Injectable()
export class RetentionRuns {
  constructor(
    @Inject(RetentionPlans) private readonly plans: RetentionPlans,
    @Inject(ContentRemoval) private readonly removal: ContentRemoval,
    @Inject(RetentionRunStore) private readonly records: RetentionRunStore,
    @Inject(RetentionTargetStore) private readonly targets: RetentionTargetStore,
    @Inject(JobRegistry) jobs: JobRegistry,
  ) {
    jobs.declare({
      name: RETENTION,
      title: 'Removes what retention policies do not keep, into trash',
      schedule: '17 3 * * *',
      run: async ({ signal }) => ({ ...(await this.runDue(signal)) }),
    });
  }

  /**
   * Of one repository, recorded even when it is broken off; undefined when no policy is for it. Throws `Conflict` when it
   * would remove something else than the plan that was looked at.
   */
  async run(
    repository: RuledRepository,
    { runBy = 'system', lookedAt, signal }: RetentionOrder = {},
  ): Promise<RecordedRun | undefined> {
    const plan = await this.plans.plan(repository.id);
    if (!plan) return undefined;
    if (lookedAt !== undefined && planDigest(plan) !== lookedAt) throw new Conflict(CHANGED);
    const freedBytes = await this.plans.freedBytes(repository.id, plan);
    let recorded: RecordedRun;
    let [tagCount, manifestCount, isWhole] = [0, 0, false];
    try {
      for await (const removed of this.carryOut(repository, plan, signal)) {
        tagCount += removed.tagCount;
        manifestCount += removed.manifestCount;
      }
      isWhole = true;
    } finally {
      const outcome = { tagCount, manifestCount, freedBytes: isWhole ? freedBytes : 0 };
      recorded = await this.records.insert(repository.id, { startedAt: plan.at, runBy, ...outcome });
    }
    return recorded;
  }

  /** Tells what went, thing by thing. */
  private async *carryOut(
    repository: RuledRepository,
    plan: RetentionPlan,
    signal?: AbortSignal,
  ): AsyncGenerator<RetentionOutcome> {
    const only = new Set(plan.manifests);
    const tagsOf = new Map<string, string[]>();
    for (const { tag, digest } of plan.tags) tagsOf.set(digest, [...(tagsOf.get(digest) ?? []), tag]);
    for (const digest of plan.manifests) {
      signal?.throwIfAborted();
      const tags = tagsOf.get(digest) ?? [];
      const how = { reason: 'retention', only, except: plan.staying } as const;
      const removed = await this.removal.removeImage(repository, digest, tags, how);
      yield { tagCount: removed.tags.length, manifestCount: removed.digests.length };
    }
    for (const { tag, digest } of plan.tags) {
      if (only.has(digest)) continue;
      signal?.throwIfAborted();
      const tagCount = await this.removal.removeTag(repository, digest, tag, 'retention');
      yield { tagCount, manifestCount: 0 };
    }
  }

  /** Of every repository that has a policy, or whose namespace has one. */
  async runDue(signal?: AbortSignal): Promise<RetentionOutcome & { repositoryCount: number }> {
    let [tagCount, manifestCount, repositoryCount, last] = [0, 0, 0, '0'];
    for (;;) {
      const repositories = await this.targets.list(last, BATCH);
      for (const repository of repositories) {
        const outcome = await this.run(repository, { signal });
        tagCount += outcome?.tagCount ?? 0;
        manifestCount += outcome?.manifestCount ?? 0;
        repositoryCount += 1;
        last = repository.id;
      }
      if (repositories.length < BATCH) return { tagCount, manifestCount, repositoryCount };
    }
  }
}
