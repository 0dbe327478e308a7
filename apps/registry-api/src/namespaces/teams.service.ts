import { Inject, Injectable } from '@nestjs/common';
import { actorOf } from '../access/actor.js';
import type { Requester } from '../access/credential.js';
import { AuditService } from '../audit/audit.service.js';
import type { AuditAction, AuditDetails } from '../audit/audit-entry.js';
import { Database, type SqlClient } from '../database/database.js';
import { Conflict, NotFound } from '../errors/domain-errors.js';
import { type CursorPage, cutCursorPage, type ListPage, readCursor } from '../http/cursor-page.js';
import { NamespaceStore } from './namespace.store.js';
import { NamespaceAccess } from './namespace-access.js';
import { type Team, type TeamMember, TeamStore } from './team.store.js';

/** What a change does, and what the log says of it. */
interface TeamChange<T> {
  readonly action: AuditAction;
  readonly details?: AuditDetails;
  readonly work: (client: SqlClient, namespaceId: string) => Promise<T>;
}

/** Teams of a namespace. Every method throws what `NamespaceAccess.require` throws. */
@Injectable()
export class TeamsService {
  constructor(
    @Inject(TeamStore) private readonly teams: TeamStore,
    @Inject(NamespaceStore) private readonly namespaces: NamespaceStore,
    @Inject(NamespaceAccess) private readonly namespaceAccess: NamespaceAccess,
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  async listTeams(requester: Requester, namespace: string, page: CursorPage): Promise<ListPage<Team>> {
    const { id } = await this.namespaceAccess.require(requester, namespace, 'inspect');
    const found = await this.teams.list(id, { last: readCursor(page), limit: page.limit + 1 });
    return cutCursorPage(found, page, ({ name }) => name);
  }

  /** Throws `NotFound`. */
  async findTeam(requester: Requester, namespace: string, team: string): Promise<Team> {
    const { id } = await this.namespaceAccess.require(requester, namespace, 'inspect');
    return requireFound(await this.teams.find(id, team), namespace, team);
  }

  /** Throws `Conflict` when there is one of this name. */
  async createTeam(
    requester: Requester,
    namespace: string,
    { name, description }: { readonly name: string; readonly description: string },
  ): Promise<Team> {
    await this.change(requester, namespace, name, {
      action: 'team.create',
      work: async (client, id) => {
        const isMade = await this.teams.create(client, id, name, description);
        if (!isMade) throw new Conflict(`"${namespace}" has a team "${name}" already.`);
      },
    });
    return this.findTeam(requester, namespace, name);
  }

  /** Throws `NotFound`. */
  async changeTeam(
    requester: Requester,
    namespace: string,
    team: string,
    { description }: { readonly description?: string },
  ): Promise<Team> {
    await this.change(requester, namespace, team, {
      action: 'team.change',
      work: async (client, id) => {
        requireDone(await this.teams.describe(client, id, team, description), namespace, team);
      },
    });
    return this.findTeam(requester, namespace, team);
  }

  /** With its grants. Throws `NotFound`. */
  async deleteTeam(requester: Requester, namespace: string, team: string): Promise<void> {
    await this.change(requester, namespace, team, {
      action: 'team.delete',
      work: async (client, id) => {
        requireDone(await this.teams.delete(client, id, team), namespace, team);
      },
    });
  }

  /** Throws `NotFound`. */
  async listTeamMembers(
    requester: Requester,
    namespace: string,
    team: string,
    page: CursorPage,
  ): Promise<ListPage<TeamMember>> {
    const { id } = await this.namespaceAccess.require(requester, namespace, 'inspect');
    const found = await this.teams.listMembers(id, team, { last: readCursor(page), limit: page.limit + 1 });
    return cutCursorPage(requireFound(found, namespace, team), page, ({ username }) => username);
  }

  /** Throws `NotFound` for a team or a member of the namespace that there is not. */
  async addTeamMember(
    requester: Requester,
    namespace: string,
    team: string,
    username: string,
  ): Promise<TeamMember> {
    return this.change(requester, namespace, team, {
      action: 'team-member.add',
      details: { member: username },
      work: async (client, id) => {
        const createdAt = await this.teams.addMember(client, id, team, username);
        if (createdAt) return { username, createdAt };
        throw new NotFound(
          `"${namespace}" has no team "${team}" or no member "${username}": teams are made of members.`,
        );
      },
    });
  }

  /** Throws `NotFound`. */
  async removeTeamMember(
    requester: Requester,
    namespace: string,
    team: string,
    username: string,
  ): Promise<void> {
    await this.change(requester, namespace, team, {
      action: 'team-member.remove',
      details: { member: username },
      work: async (client, id) => {
        const isRemoved = await this.teams.removeMember(client, id, team, username);
        if (!isRemoved) throw new NotFound(`There is no member "${username}" of a team "${team}".`);
      },
    });
  }

  /** Under the namespace's lock: who is just being removed from it gets into none of its teams. */
  private async change<T>(
    requester: Requester,
    namespace: string,
    team: string,
    { action, details, work }: TeamChange<T>,
  ): Promise<T> {
    const { id, facts } = await this.namespaceAccess.require(requester, namespace, 'administer');
    return this.database.transaction(async (client) => {
      if (!(await this.namespaces.lock(client, id))) throw new NotFound(`"${namespace}" has been deleted.`);
      const result = await work(client, id);
      const entry = {
        actor: actorOf(requester, facts),
        action,
        object: `team:${namespace}/${team}`,
        details,
      };
      await this.audit.record(entry, client);
      return result;
    });
  }
}

function requireFound<T>(found: T | undefined, namespace: string, team: string): T {
  requireDone(found !== undefined, namespace, team);
  return found as T;
}

function requireDone(isDone: boolean, namespace: string, team: string): void {
  if (!isDone) throw new NotFound(`"${namespace}" has no team "${team}".`);
}
