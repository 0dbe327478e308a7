import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { Audited } from '../audit/audited.js';
import type { ListPage } from '../http/cursor-page.js';
import { IdPipe } from '../http/id.pipe.js';
import type {
  PurgeBody,
  RestorationBody,
  RestoredAnswer,
  TrashedItemAnswer,
  TrashListQuery,
} from './trash.schema.js';
import {
  purgeSchema,
  restorationSchema,
  restoredSchema,
  trashedItemPageSchema,
  trashListQuerySchema,
} from './trash.schema.js';
import { TrashAnswers } from './trash-answers.js';
import { TrashChanges } from './trash-changes.service.js';
import { TrashList } from './trash-list.service.js';

const trashed =
  (kind: 'repository' | 'namespace') =>
  ({ params }: Request) =>
    `${kind}:(trash) ${params.id}`;

/** Repositories and namespaces that were deleted, for who may restore them. */
@ApiTags('trash')
@Controller('api/v1/trash')
export class TrashController {
  constructor(
    @Inject(TrashList) private readonly trash: TrashList,
    @Inject(TrashChanges) private readonly changes: TrashChanges,
    @Inject(TrashAnswers) private readonly answers: TrashAnswers,
  ) {}

  @Get()
  @Allow('user', 'api')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: trashedItemPageSchema })
  async listTrash(
    @From() requester: Requester,
    @Query({ schema: trashListQuerySchema }) query: TrashListQuery,
  ): Promise<ListPage<TrashedItemAnswer>> {
    return this.answers.itemPage(await this.trash.listTrash(requester, query));
  }

  /** With all that was in it. 409 when its name is taken again: give another one. */
  @Post('repositories/:id/restore')
  @HttpCode(200)
  @Allow('user', 'api')
  @Audited('repository.restore', trashed('repository'))
  @ApiParam({ name: 'id', type: String })
  @ApiOkResponse({ standardSchema: restoredSchema })
  async restoreRepository(
    @From() requester: Requester,
    @Param('id', IdPipe) id: string,
    @Body({ schema: restorationSchema }) { name }: RestorationBody,
  ): Promise<RestoredAnswer> {
    return { name: (await this.changes.restoreRepository(requester, id, name)).shown };
  }

  @Post('repositories/:id/purge')
  @HttpCode(204)
  @Allow('user', 'api')
  @Audited('repository.purge', trashed('repository'))
  @ApiParam({ name: 'id', type: String })
  @ApiNoContentResponse()
  async purgeRepository(
    @From() requester: Requester,
    @Param('id', IdPipe) id: string,
    @Body({ schema: purgeSchema }) { name }: PurgeBody,
  ): Promise<void> {
    await this.changes.purgeRepository(requester, id, name);
  }

  /** With its members, teams, robots and repositories. */
  @Post('namespaces/:id/restore')
  @HttpCode(200)
  @Allow('user', 'api')
  @Audited('namespace.restore', trashed('namespace'))
  @ApiParam({ name: 'id', type: String })
  @ApiOkResponse({ standardSchema: restoredSchema })
  async restoreNamespace(
    @From() requester: Requester,
    @Param('id', IdPipe) id: string,
  ): Promise<RestoredAnswer> {
    return { name: await this.changes.restoreNamespace(requester, id) };
  }

  /** The name stays taken. */
  @Post('namespaces/:id/purge')
  @HttpCode(204)
  @Allow('user', 'api')
  @Audited('namespace.purge', trashed('namespace'))
  @ApiParam({ name: 'id', type: String })
  @ApiNoContentResponse()
  async purgeNamespace(
    @From() requester: Requester,
    @Param('id', IdPipe) id: string,
    @Body({ schema: purgeSchema }) { name }: PurgeBody,
  ): Promise<void> {
    await this.changes.purgeNamespace(requester, id, name);
  }
}
