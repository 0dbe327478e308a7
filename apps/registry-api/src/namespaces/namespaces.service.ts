import { Inject, Injectable } from '@nestjs/common';
import { actorOf, factsOf } from '../access/actor.js';
import type { Requester } from '../access/credential.js';
import { AuditService } from '../audit/audit.service.js';
import { Database } from '../database/database.js';
import { ENV, type Env } from '../env.js';
import { Conflict, Denied, NotFound } from '../errors/domain-errors.js';
import { type CursorPage, cutCursorPage, type ListPage, readCursor } from '../http/cursor-page.js';
import { type Namespace, NamespaceStore } from './namespace.store.js';
import { NamespaceAccess } from './namespace-access.js';
import { isReservedName } from './reserved-names.js';

@Injectable()
export class NamespacesService {
  constructor(
    @Inject(NamespaceStore) private readonly namespaces: NamespaceStore,
    @Inject(NamespaceAccess) private readonly namespaceAccess: NamespaceAccess,
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /**
   * Makes an organization, which the requester owns. Throws `Denied` for who may not make one, and `Conflict` alike
   * for a name that is taken, was taken once or is reserved.
   */
  async createNamespace(
    requester: Requester,
    { name, description }: { readonly name: string; readonly description: string },
  ): Promise<Namespace> {
    const facts = factsOf(requester);
    const { principal } = facts;
    if (principal.kind !== 'user') throw new Denied('Only a person makes an organization.');
    if (this.env.organizationsMadeBy === 'admins' && !principal.isAdmin) {
      throw new Denied('Only admins make organizations here: ask one.');
    }
    await this.database.transaction(async (client) => {
      const isMade =
        !isReservedName(name) && (await this.namespaces.create(client, name, description, principal.id));
      if (!isMade) throw new Conflict(`The name "${name}" is taken or reserved: choose another one.`);
      const entry = {
        actor: actorOf(requester, facts),
        action: 'namespace.create',
        object: `namespace:${name}`,
      } as const;
      await this.audit.record(entry, client);
    });
    return this.findNamespace(requester, name);
  }

  /** Throws `NotFound` for one that is absent or of which the requester sees nothing. One round trip. */
  async findNamespace(requester: Requester, name: string): Promise<Namespace> {
    const namespace = await this.namespaces.find(requester, name);
    if (!namespace) throw new NotFound('There is no such namespace, or you see nothing of it.');
    return namespace;
  }

  /** By name. Throws `Unauthorized`, `RequestInvalid`. */
  async listNamespaces(
    requester: Requester,
    page: CursorPage & { readonly all: boolean },
  ): Promise<ListPage<Namespace>> {
    const found = await this.namespaces.list(requester, {
      last: readCursor(page),
      limit: page.limit + 1,
      all: page.all,
    });
    return cutCursorPage(found, page, ({ name }) => name);
  }

  /** Throws what `NamespaceAccess.require` throws. */
  async changeNamespace(
    requester: Requester,
    name: string,
    { description }: { readonly description?: string },
  ): Promise<Namespace> {
    const { id, facts } = await this.namespaceAccess.require(requester, name, 'administer');
    await this.database.transaction(async (client) => {
      if (description !== undefined) await this.namespaces.describe(client, id, description);
      const actor = actorOf(requester, facts);
      const details = { changed: description === undefined ? [] : ['description'] };
      await this.audit.record(
        { actor, action: 'namespace.change', object: `namespace:${name}`, details },
        client,
      );
    });
    return this.findNamespace(requester, name);
  }

  /**
   * Into trash, with all that is in it; answers its id there. Throws `Conflict` for what is no organization, and what
   * `NamespaceAccess.require` throws.
   */
  async deleteNamespace(requester: Requester, name: string): Promise<string> {
    const { id, kind, facts } = await this.namespaceAccess.require(requester, name, 'administer');
    if (kind === 'user') throw new Conflict(`"${name}" goes with its user's account: delete that.`);
    if (kind === 'instance') throw new Conflict(`"${name}" belongs to this Berth and stays.`);
    const actor = actorOf(requester, facts);
    await this.database.transaction(async (client) => {
      if (!(await this.namespaces.delete(client, id, actor.name))) throw new NotFound();
      await this.audit.record({ actor, action: 'namespace.delete', object: `namespace:${name}` }, client);
    });
    return id;
  }
}
