import type { Digest, Reference, RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import { actorOf } from '../access/actor.js';
import { authorizeApi } from '../access/api-access.js';
import type { Requester } from '../access/credential.js';
import { authorize, changeOf, type RegistryRequest } from '../access/registry-access.js';
import { AuditService } from '../audit/audit.service.js';
import type { AuditedChange } from '../audit/audit-insert.js';
import { Database, isDeadlock, violatedReference } from '../database/database.js';
import {
  Conflict,
  ManifestUnknown,
  NotFound,
  StillReferenced,
  TagImmutable,
} from '../errors/domain-errors.js';
import { TagRemoval } from '../tags/tag-removal.service.js';
import { type ManifestDeletion, ManifestRemovalStore } from './manifest-removal.store.js';

const TRIES = 3;

/** Deletes manifests, into trash, for clients and for pages. */
@Injectable()
export class ManifestRemoval {
  constructor(
    @Inject(AccessService) private readonly access: AccessService,
    @Inject(Database) private readonly database: Database,
    @Inject(ManifestRemovalStore) private readonly manifests: ManifestRemovalStore,
    @Inject(TagRemoval) private readonly tags: TagRemoval,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /**
   * By digest: the manifest and its tags; by tag: that tag alone (spec, "Deleting tags", "Deleting Manifests"). What an
   * index lists stays: clients that want it gone name it too.
   */
  async deleteManifest(request: RegistryRequest, reference: Reference): Promise<void> {
    const facts = await this.access.factsOn(request.requester.credential, request.repository.name);
    authorize(request, facts, this.access.settings);
    const repositoryId = facts.repository!.id;
    const change = changeOf(request, facts);
    if (reference.kind === 'tag') {
      const removed = await this.tags.removeTag(repositoryId, reference.tag, change);
      if (!removed) throw new ManifestUnknown(reference.tag);
      return;
    }
    const { trashId, parents, immutableTags } = await this.delete(repositoryId, reference.digest, {
      change,
      withChildren: false,
    });
    if (parents.length > 0) throw new StillReferenced('manifest', parents);
    if (immutableTags.length > 0) throw new TagImmutable(immutableTags, 'deleted');
    if (trashId === undefined) throw new ManifestUnknown(reference.digest.text);
  }

  /**
   * With what an index lists and nothing else holds. Answers what went, and the entry of the trash to restore it from. Throws what `authorizeApi` throws, `NotFound`,
   * `Conflict` while an index lists it, and `TagImmutable`.
   */
  async deleteShownManifest(
    requester: Requester,
    name: RepositoryName,
    digest: Digest,
  ): Promise<ManifestDeletion & { trashId: string }> {
    const facts = await this.access.factsOn(requester.credential, name);
    const { repositoryId } = authorizeApi(requester, facts, 'delete', this.access.settings);
    const change = { actor: actorOf(requester, facts), object: `repository:${name.shown}` };
    const { trashId, ...deletion } = await this.delete(repositoryId, digest, { change, withChildren: true });
    const { parents, immutableTags } = deletion;
    if (parents.length > 0) throw new Conflict(`${parents.join(', ')} lists it: delete that first.`);
    if (immutableTags.length > 0) throw new TagImmutable(immutableTags, 'deleted');
    if (trashId === undefined) throw new NotFound(`${name.shown} has no manifest ${digest.text} (any more).`);
    return { ...deletion, trashId };
  }

  /**
   * In one transaction with its entry of the audit log. A push that tags or lists the manifest at the same moment, or
   * what is attached to it, makes Postgres refuse the statement: then it looks again.
   */
  private async delete(
    repositoryId: string,
    digest: Digest,
    how: { readonly change: AuditedChange; readonly withChildren: boolean },
    triesLeft = TRIES,
  ): Promise<ManifestDeletion> {
    const { change, withChildren } = how;
    try {
      return await this.database.transaction(async (client) => {
        const reason = { by: change.actor, reason: 'deleted', withChildren } as const;
        const deletion = await this.manifests.delete(client, repositoryId, digest, reason);
        if (deletion.trashId === undefined) return deletion;
        const others = deletion.digests.filter((gone) => gone !== digest.text);
        const details = {
          digest: digest.text,
          tags: deletion.tags,
          ...(others.length > 0 && { attached: others }),
        };
        await this.audit.record({ ...change, action: 'manifest.delete', details }, client);
        return deletion;
      });
    } catch (error) {
      if (!isWorthAnotherTry(error) || triesLeft === 1) throw error;
      return this.delete(repositoryId, digest, how, triesLeft - 1);
    }
  }
}

function isWorthAnotherTry(error: unknown): boolean {
  return violatedReference(error) !== undefined || isDeadlock(error);
}
