import { Digest, RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { Actor } from '../audit/audit-entry.js';
import { Database, isDeadlock, violatedReference } from '../database/database.js';
import { TagImmutable } from '../errors/domain-errors.js';
import { TagRemoval } from '../tags/tag-removal.service.js';
import type { TrashReason } from '../trash/trash.entity.js';
import { ManifestRemovalStore } from './manifest-removal.store.js';

export interface RuledRepository {
  readonly id: string;
  /** The full name. */
  readonly name: string;
}

type RuleReason = Exclude<TrashReason, 'deleted'>;

export interface RemovedContent {
  readonly tags: readonly string[];
  readonly digests: readonly string[];
}

interface ImageRemoval {
  readonly reason: RuleReason;
  /** Of children, those that may go; all unless given. */
  readonly only?: ReadonlySet<string>;
  /** Digests of what stays, though attached to it. */
  readonly except?: readonly string[];
  /** Of the entry in the trash with which it goes. */
  readonly withTrashId?: string;
}

/** What rules remove, each thing on its own, so that no lock is held for long. What changed meanwhile stays. */
@Injectable()
export class ContentRemoval {
  constructor(
    @Inject(ManifestRemovalStore) private readonly manifests: ManifestRemovalStore,
    @Inject(TagRemoval) private readonly tags: TagRemoval,
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /**
   * Removes tags of one digest, and the image into trash when nothing else holds it. Answers how many tags went.
   */
  async removeTags(
    repository: RuledRepository,
    digest: string,
    tags: readonly string[],
    reason: RuleReason,
  ): Promise<number> {
    const removed = await this.removeImage(repository, digest, tags, { reason });
    if (removed.digests.length > 0) return removed.tags.length;
    let count = 0;
    for (const tag of tags) count += await this.removeTag(repository, digest, tag, reason);
    return count;
  }

  /**
   * Moves a manifest to trash with what is attached to it and with the children that nothing else needs, unless tags
   * other than these or an index keep it; Answers what went.
   */
  async removeImage(
    repository: RuledRepository,
    digest: string,
    tags: readonly string[],
    { withTrashId, ...how }: ImageRemoval,
  ): Promise<RemovedContent> {
    const children = await this.manifests.listChildren(repository.id, digest);
    const moved = await this.move(repository, digest, { ...how, tags, withTrashId });
    if (moved?.trashId === undefined) return { tags: [], digests: [] };
    const removed = { tags: [...moved.tags], digests: [...moved.digests] };
    for (const child of children) {
      if (how.only && !how.only.has(child)) continue;
      const further = await this.removeImage(repository, child, [], { ...how, withTrashId: moved.trashId });
      removed.tags.push(...further.tags);
      removed.digests.push(...further.digests);
    }
    return removed;
  }

  private async move(
    repository: RuledRepository,
    digest: string,
    how: ImageRemoval & { readonly tags: readonly string[] },
  ) {
    const by = actorOf(how.reason);
    try {
      return await this.database.transaction(async (client) => {
        const deletion = await this.manifests.delete(client, repository.id, Digest.parse(digest), {
          by,
          ...how,
        });
        if (deletion.trashId === undefined) return deletion;
        const details = { digest, tags: deletion.tags };
        await this.audit.record(
          { actor: by, action: 'manifest.delete', object: objectOf(repository), details },
          client,
        );
        return deletion;
      });
    } catch (error) {
      if (violatedReference(error) === undefined && !isDeadlock(error)) throw error;
      return undefined;
    }
  }

  /** Unless it points elsewhere by now, or is immutable. Answers how many went. */
  async removeTag(
    repository: RuledRepository,
    digest: string,
    tag: string,
    reason: RuleReason,
  ): Promise<number> {
    try {
      const change = { actor: actorOf(reason), object: objectOf(repository) };
      return (await this.tags.removeTag(repository.id, tag, change, digest)) ? 1 : 0;
    } catch (error) {
      if (error instanceof TagImmutable) return 0;
      throw error;
    }
  }
}

function objectOf({ name }: RuledRepository): string {
  return `repository:${RepositoryName.parse(name).shown}`;
}

function actorOf(reason: RuleReason): Actor {
  return { name: 'system', credential: reason === 'expired' ? 'expiry' : 'retention' };
}
