import type { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { AccessService } from '../access/access.service.js';
import type { AccessFacts, Role } from '../access/access-facts.js';
import { actorOf } from '../access/actor.js';
import { authorizeApi } from '../access/api-access.js';
import type { Requester } from '../access/credential.js';
import { allowsInNamespace } from '../access/policy.js';
import { AuditService } from '../audit/audit.service.js';
import { Database, type SqlClient } from '../database/database.js';
import { NotFound } from '../errors/domain-errors.js';
import { type CursorPage, cutCursorPage, type ListPage, readCursor } from '../http/cursor-page.js';
import { idOfCursor } from '../http/id.pipe.js';
import { robotUsername } from '../robots/robot-name.js';
import { type Grant, type Grantee, RepositoryGrantsStore } from './repository-grants.store.js';

/** Roles on single repositories, for who may administer them. Every method throws what `authorizeApi` throws. */
@Injectable()
export class RepositoryGrantsService {
  constructor(
    @Inject(RepositoryGrantsStore) private readonly grants: RepositoryGrantsStore,
    @Inject(AccessService) private readonly access: AccessService,
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /** Oldest first. Throws `RequestInvalid`. */
  async listGrants(requester: Requester, name: RepositoryName, page: CursorPage): Promise<ListPage<Grant>> {
    const { repositoryId } = await this.authorize(requester, name);
    const last = idOfCursor(readCursor(page));
    const found = await this.grants.list(repositoryId, { last, limit: page.limit + 1 });
    return cutCursorPage(found, page, ({ id }) => id);
  }

  /**
   * Throws `NotFound` for a grantee that there is not: a disabled user counts as none, and of another namespace's
   * robots only those that the requester could administer are there.
   */
  async setGrant(
    requester: Requester,
    name: RepositoryName,
    grantee: Grantee,
    role: Role,
  ): Promise<Omit<Grant, 'id'>> {
    const { repositoryId, facts } = await this.authorize(requester, name);
    const mayBeNamed = await this.mayBeNamed(requester, name, grantee);
    return this.change(repositoryId, async (client) => {
      const found = mayBeNamed && (await this.grants.findGrantee(client, repositoryId, grantee));
      if (!found || found.isDisabled) throw new NotFound(notThere(grantee));
      const createdAt = await this.grants.set(client, repositoryId, grantee.kind, found.id, role);
      const details = { [grantee.kind]: nameOf(grantee), role };
      const entry = { actor: actorOf(requester, facts), object: `repository:${name.shown}`, details };
      await this.audit.record({ ...entry, action: 'grant.set' }, client);
      return { kind: grantee.kind, name: nameOf(grantee), role, createdAt };
    });
  }

  /** Throws `NotFound` when there is no such grant. */
  async removeGrant(requester: Requester, name: RepositoryName, grantee: Grantee): Promise<void> {
    const { repositoryId, facts } = await this.authorize(requester, name);
    await this.change(repositoryId, async (client) => {
      const found = await this.grants.findGrantee(client, repositoryId, grantee);
      const isRemoved = found && (await this.grants.remove(client, repositoryId, grantee.kind, found.id));
      if (!isRemoved) throw new NotFound(`There is no grant to ${grantee.kind} "${nameOf(grantee)}".`);
      const details = { [grantee.kind]: nameOf(grantee) };
      const entry = { actor: actorOf(requester, facts), object: `repository:${name.shown}`, details };
      await this.audit.record({ ...entry, action: 'grant.remove' }, client);
    });
  }

  private async authorize(
    requester: Requester,
    name: RepositoryName,
  ): Promise<{ repositoryId: string; facts: AccessFacts }> {
    const facts = await this.access.factsOn(requester.credential, name);
    return { ...authorizeApi(requester, facts, 'administer', this.access.settings), facts };
  }

  /** Who owns a repository must not find out by trying which robots other namespaces have. */
  private async mayBeNamed(requester: Requester, name: RepositoryName, grantee: Grantee): Promise<boolean> {
    if (grantee.kind !== 'robot' || grantee.namespace === name.namespace) return true;
    const facts = await this.access.factsOnNamespace(requester.credential, grantee.namespace);
    return allowsInNamespace(facts, 'administer');
  }

  private change<T>(repositoryId: string, work: (client: SqlClient) => Promise<T>): Promise<T> {
    return this.database.transaction(async (client) => {
      if (!(await this.grants.lockRepository(client, repositoryId))) {
        throw new NotFound('There is no such repository, or you may not read it.');
      }
      return work(client);
    });
  }
}

function nameOf(grantee: Grantee): string {
  return grantee.kind === 'robot' ? robotUsername(grantee) : grantee.name;
}

function notThere(grantee: Grantee): string {
  const where = grantee.kind === 'user' ? '' : ', or none that may be named here';
  return `There is no ${grantee.kind} "${nameOf(grantee)}"${where}.`;
}
