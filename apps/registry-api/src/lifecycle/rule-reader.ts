import { Inject, Injectable } from '@nestjs/common';
import type { Lifecycle } from './lifecycle.schema.js';
import { LifecycleStore } from './lifecycle.store.js';

/** Reads rules for those that follow them. */
@Injectable()
export class RuleReader {
  constructor(@Inject(LifecycleStore) private readonly rules: LifecycleStore) {}

  /** The repository's own, and those of its namespace. */
  async findForRepository(repositoryId: string): Promise<{ own: Lifecycle; ofNamespace: Lifecycle }> {
    return this.rules.findForRepository(repositoryId);
  }
}
