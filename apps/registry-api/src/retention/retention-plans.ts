import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { RuleReader } from '../lifecycle/rule-reader.js';
import { RetentionContentStore } from './retention-content.store.js';
import { planRetention, type RetentionPlan } from './retention-plan.js';
import type { RetentionPolicy } from './retention-policy.js';

/** Plans of repositories as they are now. */
@Injectable()
export class RetentionPlans {
  constructor(
    @Inject(RetentionContentStore) private readonly contents: RetentionContentStore,
    @Inject(RuleReader) private readonly rules: RuleReader,
    @Inject(Database) private readonly database: Database,
  ) {}

  /** By this policy, or the repository's own, or its namespace's; undefined when there is none. */
  async plan(repositoryId: string, asked?: RetentionPolicy): Promise<RetentionPlan | undefined> {
    const { own, ofNamespace } = await this.rules.findForRepository(repositoryId);
    const policy = asked ?? own.retention ?? ofNamespace.retention;
    if (!policy) return undefined;
    const immutable = [own.immutableTags, ofNamespace.immutableTags];
    return planRetention(await this.contents.read(repositoryId, immutable), policy);
  }

  async freedBytes(repositoryId: string, { manifests }: RetentionPlan): Promise<number> {
    return this.contents.freedBytes(this.database, repositoryId, manifests);
  }
}
