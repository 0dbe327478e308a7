import type { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { AccessService } from '../access/access.service.js';
import { actorOf } from '../access/actor.js';
import { authorizeApi } from '../access/api-access.js';
import type { Requester } from '../access/credential.js';
import { AuditService } from '../audit/audit.service.js';
import type { AuditedChange } from '../audit/audit-insert.js';
import { Database, type SqlClient } from '../database/database.js';
import { NotFound } from '../errors/domain-errors.js';
import { type CursorPage, cutCursorPage, type ListPage, readKeyset } from '../http/cursor-page.js';
import { ManifestRestoration } from './manifest-restoration.js';
import type { RestoredManifests } from './manifest-restoration.store.js';
import { requireTyped } from './trash-changes.service.js';
import { type TrashedManifest, TrashedManifestStore } from './trashed-manifest.store.js';

const digits = z.string().regex(/^[0-9]{1,18}$/);
const keySchema = z.strictObject({ deletedAtMicros: digits, id: digits });

/** What was deleted from a repository, for who may delete there. */
@Injectable()
export class ManifestTrash {
  constructor(
    @Inject(AccessService) private readonly access: AccessService,
    @Inject(TrashedManifestStore) private readonly manifests: TrashedManifestStore,
    @Inject(ManifestRestoration) private readonly restoration: ManifestRestoration,
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /** How long something can be restored. */
  get days(): number {
    return this.restoration.days;
  }

  /** The last deleted first. Throws what `authorizeApi` throws, and `RequestInvalid`. */
  async listManifests(
    requester: Requester,
    name: RepositoryName,
    page: CursorPage,
  ): Promise<ListPage<TrashedManifest>> {
    const { repositoryId } = await this.authorize(requester, name);
    const found = await this.manifests.list(repositoryId, {
      days: this.restoration.days,
      last: readKeyset(page, keySchema),
      limit: page.limit + 1,
    });
    const { items, nextCursor } = cutCursorPage(found, page, ({ key }) => JSON.stringify(key));
    return { items: items.map(({ manifest }) => manifest), nextCursor };
  }

  /**
   * With what was attached to it, what its indexes list, and its tags. Throws what `authorizeApi` throws, `NotFound`,
   * and `Conflict` when something that an index lists is gone for good.
   */
  async restoreManifest(
    requester: Requester,
    name: RepositoryName,
    id: string,
  ): Promise<RestoredManifests & { digest: string }> {
    const { repositoryId, change } = await this.authorize(requester, name);
    return this.database.transaction(async (client) => {
      const digest = await this.find(client, repositoryId, name, id);
      const place = { repositoryId, repositoryName: name.value };
      const restored = await this.restoration.restore(client, place, id, {
        by: change.actor,
        withTags: true,
      });
      const details = { digest, tags: restored.tags, takenTags: restored.takenTags.map(({ tag }) => tag) };
      await this.audit.record({ ...change, action: 'manifest.restore', details }, client);
      return { ...restored, digest };
    });
  }

  /** Throws what `authorizeApi` throws, `NotFound`, and `RequestInvalid` unless `typed` is its digest. */
  async purgeManifest(requester: Requester, name: RepositoryName, id: string, typed: string): Promise<void> {
    const { repositoryId, change } = await this.authorize(requester, name);
    await this.database.transaction(async (client) => {
      const digest = await this.find(client, repositoryId, name, id);
      requireTyped(typed, digest);
      await this.manifests.purge(client, id);
      await this.audit.record({ ...change, action: 'manifest.purge', details: { digest } }, client);
    });
  }

  private async find(
    client: SqlClient,
    repositoryId: string,
    name: RepositoryName,
    id: string,
  ): Promise<string> {
    const digest = await this.manifests.findDigest(client, repositoryId, id, this.restoration.days);
    if (digest === undefined) throw new NotFound(`There is no such entry in the trash of ${name.shown}.`);
    return digest;
  }

  private async authorize(
    requester: Requester,
    name: RepositoryName,
  ): Promise<{ repositoryId: string; change: AuditedChange }> {
    const facts = await this.access.factsOn(requester.credential, name);
    const { repositoryId } = authorizeApi(requester, facts, 'delete', this.access.settings);
    const change = { actor: actorOf(requester, facts), object: `repository:${name.shown}` };
    return { repositoryId, change };
  }
}
