import type { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { actorOf, factsOf } from '../access/actor.js';
import type { Requester } from '../access/credential.js';
import { AuditService } from '../audit/audit.service.js';
import { Database } from '../database/database.js';
import { NotFound, type QuotaExceeded } from '../errors/domain-errors.js';
import { type CursorPage, cutCursorPage, type ListPage, readCursor } from '../http/cursor-page.js';
import { NamespaceAccess } from '../namespaces/namespace-access.js';
import { type NamespaceUsage, NamespaceUsageListStore } from './namespace-usage-list.store.js';
import {
  INSTANCE,
  type Quota,
  type QuotaLimits,
  type QuotaOwner,
  QuotaStore,
  type SharedUsage,
  type Usage,
} from './quota.store.js';

/** Limits that admins set, and what of them is used. */
@Injectable()
export class QuotasService {
  constructor(
    @Inject(QuotaStore) private readonly quotas: QuotaStore,
    @Inject(NamespaceUsageListStore) private readonly usages: NamespaceUsageListStore,
    @Inject(NamespaceAccess) private readonly namespaceAccess: NamespaceAccess,
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /** All that are set, and what the instance has, with a quota or without. */
  async listQuotas(): Promise<{ instance: Usage; namespaces: Quota[] }> {
    const [instance, all] = await Promise.all([this.quotas.findUsage(INSTANCE), this.quotas.list()]);
    return { instance, namespaces: all.filter(({ namespace }) => namespace !== undefined) };
  }

  /** All namespaces by name, with a quota or without. Throws `RequestInvalid`. */
  async listNamespaceUsage(page: CursorPage): Promise<ListPage<NamespaceUsage>> {
    const found = await this.usages.list(readCursor(page), page.limit + 1);
    return cutCursorPage(found, page, ({ name }) => name);
  }

  /** What a namespace has and may have, for its members. Throws what `NamespaceAccess.require` throws. */
  async findNamespaceUsage(requester: Requester, namespace: string): Promise<Usage> {
    const { id } = await this.namespaceAccess.require(requester, namespace, 'view');
    return this.quotas.findUsage({ kind: 'namespace', id });
  }

  /** The same, with what its repositories share among themselves. */
  async findNamespaceStorage(requester: Requester, namespace: string): Promise<Usage & SharedUsage> {
    const { id } = await this.namespaceAccess.require(requester, namespace, 'view');
    const [usage, shared] = await Promise.all([
      this.quotas.findUsage({ kind: 'namespace', id }),
      this.quotas.findShared(id),
    ]);
    return { ...usage, ...shared };
  }

  async setInstanceQuota(requester: Requester, limits: QuotaLimits): Promise<Usage> {
    await this.set(requester, async () => INSTANCE, 'instance', limits);
    return this.quotas.findUsage(INSTANCE);
  }

  /** A limit below what is used deletes nothing, and lets nothing more in. Throws `NotFound`. */
  async setNamespaceQuota(requester: Requester, namespace: string, limits: QuotaLimits): Promise<Usage> {
    const find = async (client: Parameters<QuotaStore['set']>[0]): Promise<QuotaOwner> => {
      const id = await this.quotas.findNamespaceId(client, namespace);
      if (id === undefined) throw new NotFound('There is no such namespace.');
      return { kind: 'namespace', id };
    };
    return this.quotas.findUsage(await this.set(requester, find, `namespace:${namespace}`, limits));
  }

  /**
   * Why so many more bytes cannot be in the repository, unless they can; asked only where `roomBytes` of the look-up
   * says so. A blob that the namespace has already needs nothing.
   */
  async refusalOf(
    repository: RepositoryName,
    bytes: number,
    digest?: string,
  ): Promise<QuotaExceeded | undefined> {
    return this.quotas.refusalOf(repository, bytes, digest);
  }

  private async set(
    requester: Requester,
    findOwner: (client: Parameters<QuotaStore['set']>[0]) => Promise<QuotaOwner>,
    object: string,
    limits: QuotaLimits,
  ): Promise<QuotaOwner> {
    return this.database.transaction(async (client) => {
      const owner = await findOwner(client);
      const isLimited = limits.maxBytes !== null || limits.maxRepositories !== null;
      if (isLimited) await this.quotas.set(client, owner, limits);
      else await this.quotas.remove(client, owner);
      const actor = actorOf(requester, factsOf(requester));
      await this.audit.record({ actor, action: 'quota.set', object, details: { ...limits } }, client);
      return owner;
    });
  }
}
