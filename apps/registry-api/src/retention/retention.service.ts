import type { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import { actorOf } from '../access/actor.js';
import { authorizeApi } from '../access/api-access.js';
import type { Requester } from '../access/credential.js';
import type { Action } from '../access/policy.js';
import { AuditService } from '../audit/audit.service.js';
import { Conflict } from '../errors/domain-errors.js';
import { planDigest } from './plan-digest.js';
import type { RetentionPlan } from './retention-plan.js';
import { RetentionPlans } from './retention-plans.js';
import type { RetentionPolicy } from './retention-policy.js';
import type { RecordedRun } from './retention-run.store.js';
import { RetentionRuns } from './retention-runs.js';

/** What the policy of a repository removes, shown and done by people. */
@Injectable()
export class RetentionService {
  constructor(
    @Inject(AccessService) private readonly access: AccessService,
    @Inject(RetentionPlans) private readonly plans: RetentionPlans,
    @Inject(RetentionRuns) private readonly runs: RetentionRuns,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /** By this policy, or the one that holds now. Throws what `authorizeApi` throws, and `Conflict` when there is none. */
  async previewRetention(
    requester: Requester,
    name: RepositoryName,
    policy?: RetentionPolicy,
  ): Promise<RetentionPlan & { freedBytes: number; plan: string }> {
    const { repositoryId, facts } = await this.authorize(requester, name, 'manage');
    const plan = await this.plans.plan(repositoryId, policy);
    if (!plan) throw noPolicy(name);
    await this.audit.record({
      actor: actorOf(requester, facts),
      action: 'retention.preview',
      object: `repository:${name.shown}`,
      details: { tagCount: plan.tags.length, manifestCount: plan.manifests.length },
    });
    return { ...plan, plan: planDigest(plan), freedBytes: await this.plans.freedBytes(repositoryId, plan) };
  }

  /**
   * By the policy that holds now, into trash. Throws what `authorizeApi` throws, and `Conflict` when there is none, or
   * when it removes something else than the plan that was looked at.
   */
  async runRetention(requester: Requester, name: RepositoryName, lookedAt?: string): Promise<RecordedRun> {
    const { repositoryId, facts } = await this.authorize(requester, name, 'delete');
    const actor = actorOf(requester, facts);
    const order = { runBy: actor.name, lookedAt };
    const run = await this.runs.run({ id: repositoryId, name: name.value }, order);
    if (!run) throw noPolicy(name);
    const { tagCount, manifestCount } = run;
    await this.audit.record({
      actor,
      action: 'retention.run',
      object: `repository:${name.shown}`,
      details: { tagCount, manifestCount },
    });
    return run;
  }

  private async authorize(requester: Requester, name: RepositoryName, action: Action) {
    const facts = await this.access.factsOn(requester.credential, name);
    const { repositoryId } = authorizeApi(requester, facts, action, this.access.settings);
    return { repositoryId, facts };
  }
}

function noPolicy(name: RepositoryName): Conflict {
  return new Conflict(`Neither ${name.shown} nor its namespace has a retention policy: set one first.`);
}
