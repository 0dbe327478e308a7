import { Inject, Injectable } from '@nestjs/common';
import { actorOf } from '../access/actor.js';
import type { Requester } from '../access/credential.js';
import { AuditService } from '../audit/audit.service.js';
import { Database, type SqlClient } from '../database/database.js';
import { Conflict, NotFound } from '../errors/domain-errors.js';
import { NamespaceAccess } from '../namespaces/namespace-access.js';
import { OidcProviders } from './oidc-providers.js';
import { type TeamGroup, TeamGroupStore } from './team-group.store.js';
import { TeamsOfGroups } from './teams-of-groups.js';

const MOST_GROUPS = 100;

/** A team by its address. */
export interface TeamAddress {
  readonly namespace: string;
  readonly team: string;
}

/** A group as a provider's claim names it. */
export interface GroupName {
  readonly provider: string;
  readonly group: string;
}

/** Groups of providers whose people are members of a team. Every method throws what `NamespaceAccess.require` throws. */
@Injectable()
export class TeamGroups {
  constructor(
    @Inject(TeamGroupStore) private readonly groups: TeamGroupStore,
    @Inject(TeamsOfGroups) private readonly teams: TeamsOfGroups,
    @Inject(OidcProviders) private readonly providers: OidcProviders,
    @Inject(NamespaceAccess) private readonly namespaceAccess: NamespaceAccess,
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /** Throws `NotFound`. */
  async list(requester: Requester, { namespace, team }: TeamAddress): Promise<TeamGroup[]> {
    const { id } = await this.namespaceAccess.require(requester, namespace, 'inspect');
    const found = await this.groups.list(id, team);
    if (!found) throw new NotFound(`"${namespace}" has no team "${team}".`);
    return found;
  }

  /** Whoever was in the group at the last sign-in is a member at once. Throws `NotFound`, `Conflict` for too many. */
  async add(requester: Requester, address: TeamAddress, name: GroupName): Promise<TeamGroup> {
    const work = async (client: SqlClient, teamId: string): Promise<TeamGroup> => {
      this.providers.require(name.provider);
      const createdAt = await this.groups.add(client, teamId, name.provider, name.group);
      if ((await this.groups.count(client, teamId)) > MOST_GROUPS) {
        throw new Conflict(`A team may have at most ${MOST_GROUPS} groups.`);
      }
      return { ...name, createdAt };
    };
    return this.change(requester, address, 'team-group.add', name, work);
  }

  /** Also of a provider that is configured no more. Throws `NotFound`. */
  async remove(requester: Requester, address: TeamAddress, name: GroupName): Promise<void> {
    const work = async (client: SqlClient, teamId: string): Promise<void> => {
      const isRemoved = await this.groups.remove(client, teamId, name.provider, name.group);
      if (!isRemoved)
        throw new NotFound(`The team "${address.team}" has no group "${name.group}" of "${name.provider}".`);
    };
    await this.change(requester, address, 'team-group.remove', name, work);
  }

  private async change<T>(
    requester: Requester,
    { namespace, team }: TeamAddress,
    action: 'team-group.add' | 'team-group.remove',
    name: GroupName,
    work: (client: SqlClient, teamId: string) => Promise<T>,
  ): Promise<T> {
    const { id, facts } = await this.namespaceAccess.require(requester, namespace, 'administer');
    const actor = actorOf(requester, facts);
    return this.database.transaction(async (client) => {
      await this.groups.lock(client, 'alone');
      const teamId = await this.groups.findTeam(client, id, team);
      if (teamId === undefined) throw new NotFound(`"${namespace}" has no team "${team}".`);
      const result = await work(client, teamId);
      await this.teams.ofTeam(client, teamId, actor);
      const object = `team:${namespace}/${team}`;
      await this.audit.record({ actor, action, object, details: { ...name } }, client);
      return result;
    });
  }
}
