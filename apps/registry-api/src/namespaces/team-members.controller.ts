import { Controller, Delete, Get, Header, HttpCode, Inject, Param, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { Audited } from '../audit/audited.js';
import { type CursorPage, cursorPageSchema, type ListPage } from '../http/cursor-page.js';
import { NamePipe } from '../http/name.pipe.js';
import type { TeamMember } from './team.store.js';
import type { TeamMemberAnswer } from './teams.schema.js';
import { teamMemberPageSchema, teamMemberSchema } from './teams.schema.js';
import { TeamsService } from './teams.service.js';

@ApiTags('namespaces')
@Controller('api/v1/namespaces/:namespace/teams/:team/members')
export class TeamMembersController {
  constructor(@Inject(TeamsService) private readonly teams: TeamsService) {}

  @Get()
  @Allow('user', 'api')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: teamMemberPageSchema })
  async listTeamMembers(
    @From() requester: Requester,
    @Param('namespace', NamePipe) namespace: string,
    @Param('team', NamePipe) team: string,
    @Query({ schema: cursorPageSchema }) page: CursorPage,
  ): Promise<ListPage<TeamMemberAnswer>> {
    const { items, nextCursor } = await this.teams.listTeamMembers(requester, namespace, team, page);
    return { items: items.map(toAnswer), nextCursor };
  }

  @Put(':username')
  @Allow('user', 'api')
  @Audited('team-member.add', ({ params }) => `team:${params.namespace}/${params.team}`)
  @ApiOkResponse({ standardSchema: teamMemberSchema })
  async addTeamMember(
    @From() requester: Requester,
    @Param('namespace', NamePipe) namespace: string,
    @Param('team', NamePipe) team: string,
    @Param('username', NamePipe) username: string,
  ): Promise<TeamMemberAnswer> {
    return toAnswer(await this.teams.addTeamMember(requester, namespace, team, username));
  }

  @Delete(':username')
  @HttpCode(204)
  @Allow('user', 'api')
  @Audited('team-member.remove', ({ params }) => `team:${params.namespace}/${params.team}`)
  @ApiNoContentResponse()
  async removeTeamMember(
    @From() requester: Requester,
    @Param('namespace', NamePipe) namespace: string,
    @Param('team', NamePipe) team: string,
    @Param('username', NamePipe) username: string,
  ): Promise<void> {
    await this.teams.removeTeamMember(requester, namespace, team, username);
  }
}

function toAnswer({ username, createdAt }: TeamMember): TeamMemberAnswer {
  return { username, createdAt: createdAt.toISOString() };
}
