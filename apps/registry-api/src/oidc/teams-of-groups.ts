import { Inject, Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { Actor } from '../audit/audit-entry.js';
import type { SqlClient } from '../database/database.js';
import { type GroupMembership, type GroupScope, TeamGroupStore } from './team-group.store.js';

/**
 * Makes users members of the teams that their groups stand for: as the providers named the groups at the last
 * sign-in, and as teams name them now. Such a member need not be one of the namespace, and gets what the team is
 * granted alone.
 */
@Injectable()
export class TeamsOfGroups {
  constructor(
    @Inject(TeamGroupStore) private readonly groups: TeamGroupStore,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /** First in the transaction of a sign-in, a link or its end. */
  async lock(client: SqlClient): Promise<void> {
    await this.groups.lock(client, 'with others');
  }

  /** After the user's identities have changed. */
  async ofUser(client: SqlClient, userId: string, actor: Actor): Promise<void> {
    await this.reconcile(client, { userId }, actor);
  }

  /** After the team's groups have changed. */
  async ofTeam(client: SqlClient, teamId: string, actor: Actor): Promise<void> {
    await this.reconcile(client, { teamId }, actor);
  }

  private async reconcile(client: SqlClient, scope: GroupScope, actor: Actor): Promise<void> {
    for (const membership of await this.groups.reconcile(client, scope)) {
      await this.audit.record(entryOf(membership, actor), client);
    }
  }
}

function entryOf({ namespace, team, username, isAdded }: GroupMembership, actor: Actor) {
  const action = isAdded ? 'team-member.add' : 'team-member.remove';
  const details = { member: username, isFromGroups: true };
  return { actor, action, object: `team:${namespace}/${team}`, details } as const;
}
