import type { RepositoryName } from '@berth/oci';
import { Body, Controller, Delete, Get, Header, HttpCode, Inject, Param, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { Audited } from '../audit/audited.js';
import type { RoleBody } from '../http/common.schema.js';
import { roleBodySchema } from '../http/common.schema.js';
import { type CursorPage, cursorPageSchema, type ListPage } from '../http/cursor-page.js';
import { NamePipe } from '../http/name.pipe.js';
import { RepositoryNamePipe } from '../http/repository-name.pipe.js';
import { type NamedRobot, NamedRobotPipe } from './repository-grants.pipe.js';
import type { GrantAnswer } from './repository-grants.schema.js';
import { grantPageSchema, grantSchema } from './repository-grants.schema.js';
import { RepositoryGrantsService } from './repository-grants.service.js';
import type { Grant, Grantee } from './repository-grants.store.js';

const nameParameter = {
  name: 'name',
  type: String,
  description: 'The full name, URL-encoded: `team%2Fapp`.',
};

const robotParameter = {
  name: 'robot',
  type: String,
  description: 'A robot of the same namespace by its name, or any by its user name: `robot+team+ci`.',
};

@ApiTags('repositories')
@ApiParam(nameParameter)
@Controller('api/v1/repositories/:name/grants')
export class RepositoryGrantsController {
  constructor(@Inject(RepositoryGrantsService) private readonly grants: RepositoryGrantsService) {}

  @Get()
  @Allow('administer', 'api')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: grantPageSchema })
  async listGrants(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
    @Query({ schema: cursorPageSchema }) page: CursorPage,
  ): Promise<ListPage<GrantAnswer>> {
    const { items, nextCursor } = await this.grants.listGrants(requester, name, page);
    return { items: items.map(toAnswer), nextCursor };
  }

  @Put(':username')
  @Allow('administer', 'api')
  @Audited('grant.set', repositoryOf)
  @ApiOkResponse({ standardSchema: grantSchema })
  async grantToUser(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
    @Param('username', NamePipe) username: string,
    @Body({ schema: roleBodySchema }) { role }: RoleBody,
  ): Promise<GrantAnswer> {
    return toAnswer(await this.grants.setGrant(requester, name, { kind: 'user', name: username }, role));
  }

  @Delete(':username')
  @HttpCode(204)
  @Allow('administer', 'api')
  @Audited('grant.remove', repositoryOf)
  @ApiNoContentResponse()
  async removeGrantOfUser(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
    @Param('username', NamePipe) username: string,
  ): Promise<void> {
    await this.grants.removeGrant(requester, name, { kind: 'user', name: username });
  }

  @Put('teams/:team')
  @Allow('administer', 'api')
  @Audited('grant.set', repositoryOf)
  @ApiOkResponse({ standardSchema: grantSchema })
  async grantToTeam(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
    @Param('team', NamePipe) team: string,
    @Body({ schema: roleBodySchema }) { role }: RoleBody,
  ): Promise<GrantAnswer> {
    return toAnswer(await this.grants.setGrant(requester, name, { kind: 'team', name: team }, role));
  }

  @Delete('teams/:team')
  @HttpCode(204)
  @Allow('administer', 'api')
  @Audited('grant.remove', repositoryOf)
  @ApiNoContentResponse()
  async removeGrantOfTeam(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
    @Param('team', NamePipe) team: string,
  ): Promise<void> {
    await this.grants.removeGrant(requester, name, { kind: 'team', name: team });
  }

  @Put('robots/:robot')
  @Allow('administer', 'api')
  @Audited('grant.set', repositoryOf)
  @ApiParam(robotParameter)
  @ApiOkResponse({ standardSchema: grantSchema })
  async grantToRobot(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
    @Param('robot', NamedRobotPipe) robot: NamedRobot,
    @Body({ schema: roleBodySchema }) { role }: RoleBody,
  ): Promise<GrantAnswer> {
    return toAnswer(await this.grants.setGrant(requester, name, inNamespace(robot, name), role));
  }

  @Delete('robots/:robot')
  @HttpCode(204)
  @Allow('administer', 'api')
  @Audited('grant.remove', repositoryOf)
  @ApiParam(robotParameter)
  @ApiNoContentResponse()
  async removeGrantOfRobot(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
    @Param('robot', NamedRobotPipe) robot: NamedRobot,
  ): Promise<void> {
    await this.grants.removeGrant(requester, name, inNamespace(robot, name));
  }
}

function repositoryOf({ params }: Request): string {
  return `repository:${params.name}`;
}

function inNamespace({ namespace, name }: NamedRobot, repository: RepositoryName): Grantee {
  return { kind: 'robot', namespace: namespace ?? repository.namespace, name };
}

function toAnswer({ kind, name, role, createdAt }: Omit<Grant, 'id'>): GrantAnswer {
  return { kind, name, role, createdAt: createdAt.toISOString() };
}
