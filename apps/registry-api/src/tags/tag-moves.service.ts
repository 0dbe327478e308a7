import type { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import type { AccessFacts } from '../access/access-facts.js';
import { actorOf } from '../access/actor.js';
import { authorizeApi } from '../access/api-access.js';
import type { Requester } from '../access/credential.js';
import { AuditService } from '../audit/audit.service.js';
import type { AuditedChange } from '../audit/audit-insert.js';
import { Database, type SqlClient } from '../database/database.js';
import { Conflict, NotFound } from '../errors/domain-errors.js';
import { ManifestRestoration } from '../trash/manifest-restoration.js';
import { TagRemoval } from './tag-removal.service.js';
import type { RemovedTag } from './tag-removal.store.js';
import { type RestorationTarget, TagRestorationStore } from './tag-restoration.store.js';

/** Tags removed and put back by people, through `/api/v1`. */
@Injectable()
export class TagMoves {
  constructor(
    @Inject(AccessService) private readonly access: AccessService,
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(TagRemoval) private readonly removal: TagRemoval,
    @Inject(TagRestorationStore) private readonly restorations: TagRestorationStore,
    @Inject(ManifestRestoration) private readonly trash: ManifestRestoration,
  ) {}

  /** Throws what `authorizeApi` throws, and `NotFound`. */
  async removeTag(requester: Requester, name: RepositoryName, tag: string): Promise<RemovedTag> {
    const facts = await this.access.factsOn(requester.credential, name);
    const { repositoryId } = authorizeApi(requester, facts, 'delete', this.access.settings);
    const removed = await this.removal.removeTag(repositoryId, tag, changeOf(requester, facts, name));
    if (!removed) throw new NotFound(`${name.shown} has no tag "${tag}" (any more).`);
    return removed;
  }

  /**
   * Points the tag of a move where it pointed before it, or where it pointed first; a manifest that is in trash comes
   * back for who may delete. Throws what `authorizeApi` throws, `NotFound`, and `Conflict` when the manifest is gone.
   */
  async restoreTag(requester: Requester, name: RepositoryName, moveId: string): Promise<RestorationTarget> {
    const facts = await this.access.factsOn(requester.credential, name);
    const { repositoryId } = authorizeApi(requester, facts, 'push', this.access.settings);
    return this.database.transaction(async (client) => {
      const target = await this.restorations.find(client, repositoryId, moveId);
      if (!target) throw new NotFound('There is no such entry in the activity of this repository.');
      const repository = { id: repositoryId, name: name.value };
      const change = changeOf(requester, facts, name);
      const restore = () => this.restorations.restore(client, repository, target, change.actor);
      if (!(await restore())) {
        await this.restoreManifest(client, requester, facts, name, target.digest);
        await restore();
      }
      await this.audit.record({ ...change, action: 'tag.restore', details: { ...target } }, client);
      return target;
    });
  }

  /** With what was attached to it. */
  private async restoreManifest(
    client: SqlClient,
    requester: Requester,
    facts: AccessFacts,
    name: RepositoryName,
    digest: string,
  ): Promise<void> {
    const { repositoryId } = authorizeApi(requester, facts, 'push', this.access.settings);
    const place = { repositoryId, repositoryName: name.value };
    const isRestored =
      this.access.allows(facts, 'delete') &&
      (await this.trash.restoreDigest(client, place, digest, actorOf(requester, facts)));
    if (!isRestored) throw new Conflict(`The manifest ${digest} was deleted: push it again.`);
  }
}

function changeOf(requester: Requester, facts: AccessFacts, name: RepositoryName): AuditedChange {
  return { actor: actorOf(requester, facts), object: `repository:${name.shown}` };
}
