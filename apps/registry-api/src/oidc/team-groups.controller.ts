import { Body, Controller, Delete, Get, Header, HttpCode, Inject, Param, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { Audited } from '../audit/audited.js';
import { NamePipe } from '../http/name.pipe.js';
import type { GroupNameBody, TeamGroupAnswer, TeamGroupList } from './oidc.schema.js';
import { groupNameSchema, groupQuerySchema, teamGroupListSchema, teamGroupSchema } from './oidc.schema.js';
import type { TeamGroup } from './team-group.store.js';
import { TeamGroups } from './team-groups.service.js';

@ApiTags('namespaces')
@Controller('api/v1/namespaces/:namespace/teams/:team/groups')
export class TeamGroupsController {
  constructor(@Inject(TeamGroups) private readonly groups: TeamGroups) {}

  @Get()
  @Allow('user', 'api')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: teamGroupListSchema })
  async listTeamGroups(
    @From() requester: Requester,
    @Param('namespace', NamePipe) namespace: string,
    @Param('team', NamePipe) team: string,
  ): Promise<TeamGroupList> {
    const items = await this.groups.list(requester, { namespace, team });
    return { items: items.map(toAnswer) };
  }

  /** Whoever is in the group at the provider is a member of the team, from the next sign-in at the latest. */
  @Put()
  @Allow('user', 'api')
  @Audited('team-group.add', ({ params }) => `team:${params.namespace}/${params.team}`)
  @ApiOkResponse({ standardSchema: teamGroupSchema })
  async addTeamGroup(
    @From() requester: Requester,
    @Param('namespace', NamePipe) namespace: string,
    @Param('team', NamePipe) team: string,
    @Body({ schema: groupNameSchema }) name: GroupNameBody,
  ): Promise<TeamGroupAnswer> {
    return toAnswer(await this.groups.add(requester, { namespace, team }, name));
  }

  /** Those who were members by this group alone are none any more. */
  @Delete()
  @HttpCode(204)
  @Allow('user', 'api')
  @Audited('team-group.remove', ({ params }) => `team:${params.namespace}/${params.team}`)
  @ApiNoContentResponse()
  async removeTeamGroup(
    @From() requester: Requester,
    @Param('namespace', NamePipe) namespace: string,
    @Param('team', NamePipe) team: string,
    @Query({ schema: groupQuerySchema }) name: GroupNameBody,
  ): Promise<void> {
    await this.groups.remove(requester, { namespace, team }, name);
  }
}

function toAnswer({ provider, group, createdAt }: TeamGroup): TeamGroupAnswer {
  return { provider, group, createdAt: createdAt.toISOString() };
}
