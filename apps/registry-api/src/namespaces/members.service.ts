import { Inject, Injectable } from '@nestjs/common';
import type { Role } from '../access/access-facts.js';
import { principalName } from '../access/access-facts.js';
import { actorOf, factsOf } from '../access/actor.js';
import type { Requester } from '../access/credential.js';
import { AuditService } from '../audit/audit.service.js';
import { Database, type SqlClient } from '../database/database.js';
import { Conflict, NotFound } from '../errors/domain-errors.js';
import { type CursorPage, cutCursorPage, type ListPage, readCursor } from '../http/cursor-page.js';
import { type Candidate, type Member, MemberStore } from './member.store.js';
import { NamespaceStore } from './namespace.store.js';
import { NamespaceAccess, type OpenNamespace } from './namespace-access.js';

/** Every method throws what `NamespaceAccess.require` throws. */
@Injectable()
export class MembersService {
  constructor(
    @Inject(MemberStore) private readonly members: MemberStore,
    @Inject(NamespaceStore) private readonly namespaces: NamespaceStore,
    @Inject(NamespaceAccess) private readonly namespaceAccess: NamespaceAccess,
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  async listMembers(requester: Requester, namespace: string, page: CursorPage): Promise<ListPage<Member>> {
    const { id } = await this.namespaceAccess.require(requester, namespace, 'inspect');
    const found = await this.members.list(id, { last: readCursor(page), limit: page.limit + 1 });
    return cutCursorPage(found, page, ({ username }) => username);
  }

  /** Throws `NotFound` for a user who is not there or disabled, `Conflict` for the last owner. */
  async setMember(requester: Requester, namespace: string, username: string, role: Role): Promise<Member> {
    const open = await this.namespaceAccess.require(requester, namespace, 'administer');
    return this.change(open, async (client) => {
      const candidate = await this.members.find(client, open.id, username);
      if (!candidate || candidate.isDisabled) throw new NotFound(`There is no user "${username}".`);
      if (role !== 'owner') requireOtherOwner(open, username, candidate);
      const createdAt = await this.members.setRole(client, open.id, candidate.id, role);
      const details = { member: username, role, formerRole: candidate.role ?? null };
      const actor = actorOf(requester, open.facts);
      await this.audit.record(
        { actor, action: 'member.set', object: `namespace:${namespace}`, details },
        client,
      );
      return { username, role, createdAt };
    });
  }

  /** Anybody may leave. Throws `NotFound` for who is no member, `Conflict` for the last owner. */
  async removeMember(requester: Requester, namespace: string, username: string): Promise<void> {
    const isSelf = principalName(factsOf(requester).principal) === username;
    const open = await this.namespaceAccess.require(requester, namespace, isSelf ? 'inspect' : 'administer');
    await this.change(open, async (client) => {
      const candidate = await this.members.find(client, open.id, username);
      if (!candidate?.role) throw new NotFound(`"${username}" is no member of "${namespace}".`);
      requireOtherOwner(open, username, candidate);
      await this.members.remove(client, open.id, candidate.id);
      const details = { member: username, formerRole: candidate.role };
      const actor = actorOf(requester, open.facts);
      await this.audit.record(
        { actor, action: 'member.remove', object: `namespace:${namespace}`, details },
        client,
      );
    });
  }

  /** One change of a namespace's members at a time, or two owners could remove each other. */
  private change<T>({ id, name }: OpenNamespace, work: (client: SqlClient) => Promise<T>): Promise<T> {
    return this.database.transaction(async (client) => {
      if (!(await this.namespaces.lock(client, id))) throw new NotFound(`"${name}" has been deleted.`);
      return work(client);
    });
  }
}

/** Throws `Conflict` when the namespace would be left without an owner; the instance's own has its admins. */
function requireOtherOwner({ kind, name }: OpenNamespace, username: string, candidate: Candidate): void {
  if (candidate.isOwnNamespace)
    throw new Conflict(`"${name}" is the user's own: "${username}" stays its owner.`);
  if (candidate.role !== 'owner' || candidate.hasOtherOwner || kind === 'instance') return;
  throw new Conflict(`"${username}" is the last owner of "${name}": make somebody else an owner first.`);
}
