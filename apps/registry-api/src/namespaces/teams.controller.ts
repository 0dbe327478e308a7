import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Query,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { Audited } from '../audit/audited.js';
import { type CursorPage, cursorPageSchema, type ListPage } from '../http/cursor-page.js';
import { NamePipe } from '../http/name.pipe.js';
import type { Team } from './team.store.js';
import type { NewTeamBody, TeamAnswer, TeamChange } from './teams.schema.js';
import { newTeamSchema, teamChangeSchema, teamPageSchema, teamSchema } from './teams.schema.js';
import { TeamsService } from './teams.service.js';

@ApiTags('namespaces')
@Controller('api/v1/namespaces/:namespace/teams')
export class TeamsController {
  constructor(@Inject(TeamsService) private readonly teams: TeamsService) {}

  @Get()
  @Allow('user', 'api')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: teamPageSchema })
  async listTeams(
    @From() requester: Requester,
    @Param('namespace', NamePipe) namespace: string,
    @Query({ schema: cursorPageSchema }) page: CursorPage,
  ): Promise<ListPage<TeamAnswer>> {
    const { items, nextCursor } = await this.teams.listTeams(requester, namespace, page);
    return { items: items.map(toAnswer), nextCursor };
  }

  @Post()
  @Allow('user', 'api')
  @Audited('team.create', ({ params, body }) => `team:${params.namespace}/${String(body?.name)}`)
  @ApiCreatedResponse({ standardSchema: teamSchema })
  async createTeam(
    @From() requester: Requester,
    @Param('namespace', NamePipe) namespace: string,
    @Body({ schema: newTeamSchema }) body: NewTeamBody,
  ): Promise<TeamAnswer> {
    return toAnswer(await this.teams.createTeam(requester, namespace, body));
  }

  @Get(':team')
  @Allow('user', 'api')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: teamSchema })
  async getTeam(
    @From() requester: Requester,
    @Param('namespace', NamePipe) namespace: string,
    @Param('team', NamePipe) team: string,
  ): Promise<TeamAnswer> {
    return toAnswer(await this.teams.findTeam(requester, namespace, team));
  }

  @Patch(':team')
  @Allow('user', 'api')
  @Audited('team.change', ({ params }) => `team:${params.namespace}/${params.team}`)
  @ApiOkResponse({ standardSchema: teamSchema })
  async changeTeam(
    @From() requester: Requester,
    @Param('namespace', NamePipe) namespace: string,
    @Param('team', NamePipe) team: string,
    @Body({ schema: teamChangeSchema }) change: TeamChange,
  ): Promise<TeamAnswer> {
    return toAnswer(await this.teams.changeTeam(requester, namespace, team, change));
  }

  @Delete(':team')
  @HttpCode(204)
  @Allow('user', 'api')
  @Audited('team.delete', ({ params }) => `team:${params.namespace}/${params.team}`)
  @ApiNoContentResponse()
  async deleteTeam(
    @From() requester: Requester,
    @Param('namespace', NamePipe) namespace: string,
    @Param('team', NamePipe) team: string,
  ): Promise<void> {
    await this.teams.deleteTeam(requester, namespace, team);
  }
}

function toAnswer({ name, description, memberCount, createdAt }: Team): TeamAnswer {
  return { name, description, memberCount, createdAt: createdAt.toISOString() };
}
