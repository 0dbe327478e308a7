import type { RepositoryName } from '@berth/oci';
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
  Res,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { Audited } from '../audit/audited.js';
import type { ListPage } from '../http/cursor-page.js';
import { parseName } from '../http/registry-parameters.js';
import { RepositoryNamePipe } from '../http/repository-name.pipe.js';
import { TrashedResponse, trashedRepository } from '../trash/trashed-response.js';
import type {
  NewRepositoryBody,
  RepositoryChange,
  RepositoryDetailsAnswer,
  RepositoryListQuery,
  RepositorySummaryAnswer,
} from './repositories.schema.js';
import {
  newRepositorySchema,
  repositoryChangeSchema,
  repositoryDetailsSchema,
  repositoryListQuerySchema,
  repositoryPageSchema,
} from './repositories.schema.js';
import { RepositoriesService } from './repositories.service.js';
import { toDetailsAnswer, toSummaryPage } from './repository-answers.js';
import { ShownRepositories } from './shown-repositories.service.js';

const nameParameter = {
  name: 'name',
  type: String,
  description: 'The full name, URL-encoded: `team%2Fapp`.',
};

@ApiTags('repositories')
@Controller('api/v1/repositories')
export class RepositoriesController {
  constructor(
    @Inject(RepositoriesService) private readonly repositories: RepositoriesService,
    @Inject(ShownRepositories) private readonly shown: ShownRepositories,
  ) {}

  @Get()
  @Allow('anyone', 'api')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: repositoryPageSchema })
  async listRepositories(
    @From() requester: Requester,
    @Query({ schema: repositoryListQuerySchema }) { mine, ...page }: RepositoryListQuery,
  ): Promise<ListPage<RepositorySummaryAnswer>> {
    return toSummaryPage(
      await (mine
        ? this.shown.listOwnRepositories(requester, page)
        : this.shown.listRepositories(requester, page)),
    );
  }

  @Post()
  @Allow('push', 'api')
  @Audited('repository.create', ({ body }) => `repository:${(body as { name?: unknown } | undefined)?.name}`)
  @ApiCreatedResponse({ standardSchema: repositoryDetailsSchema })
  async createRepository(
    @From() requester: Requester,
    @Body({ schema: newRepositorySchema }) body: NewRepositoryBody,
  ): Promise<RepositoryDetailsAnswer> {
    const name = parseName(body.name);
    return toDetailsAnswer(await this.repositories.createRepository(requester, { ...body, name }));
  }

  @Get(':name')
  @Allow('pull', 'api')
  @Header('Cache-Control', 'private, no-store')
  @ApiParam(nameParameter)
  @ApiOkResponse({ standardSchema: repositoryDetailsSchema })
  async getRepository(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
  ): Promise<RepositoryDetailsAnswer> {
    return toDetailsAnswer(await this.shown.findRepository(requester, name));
  }

  @Patch(':name')
  @Allow('manage', 'api')
  @Audited('repository.change', ({ params }) => `repository:${params.name}`)
  @ApiParam(nameParameter)
  @ApiOkResponse({ standardSchema: repositoryDetailsSchema })
  async changeRepository(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
    @Body({ schema: repositoryChangeSchema }) change: RepositoryChange,
  ): Promise<RepositoryDetailsAnswer> {
    return toDetailsAnswer(await this.repositories.changeRepository(requester, name, change));
  }

  /** Into trash, with all that is in it; its name is free. */
  @Delete(':name')
  @HttpCode(204)
  @Allow('delete', 'api')
  @Audited('repository.delete', ({ params }) => `repository:${params.name}`)
  @ApiParam(nameParameter)
  @TrashedResponse()
  async deleteRepository(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    response.location(trashedRepository(await this.repositories.deleteRepository(requester, name)));
  }
}
