import { Inject, Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { AuditedChange } from '../audit/audit-insert.js';
import { Database } from '../database/database.js';
import { type RemovedTag, TagRemovalStore } from './tag-removal.store.js';

/** Removes tags for those that have decided who may. */
@Injectable()
export class TagRemoval {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TagRemovalStore) private readonly removals: TagRemovalStore,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /**
   * With its history and its entry of the audit log, in one transaction; undefined when there is no such tag, or it
   * does not point to `digest` (any more). Throws `TagImmutable`.
   */
  async removeTag(
    repositoryId: string,
    tag: string,
    change: AuditedChange,
    digest?: string,
  ): Promise<RemovedTag | undefined> {
    return this.database.transaction(async (client) => {
      const removed = await this.removals.remove(client, repositoryId, tag, { by: change.actor, digest });
      if (!removed) return undefined;
      const details = { tag, digest: removed.digest };
      await this.audit.record({ ...change, action: 'tag.delete', details }, client);
      return removed;
    });
  }
}
