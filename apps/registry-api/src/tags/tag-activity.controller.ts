import type { RepositoryName } from '@berth/oci';
import { Controller, Get, Header, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { Audited } from '../audit/audited.js';
import type { ListPage } from '../http/cursor-page.js';
import { IdPipe } from '../http/id.pipe.js';
import { RepositoryNameParameter } from '../http/name-parameter.js';
import { RepositoryNamePipe } from '../http/repository-name.pipe.js';
import { TagActivity } from './tag-activity.service.js';
import { toMovePage } from './tag-answers.js';
import { TagMoves } from './tag-moves.service.js';
import type { RestoredTagAnswer, TagActivityQuery, TagMoveAnswer } from './tags.schema.js';
import { restoredTagSchema, tagActivityQuerySchema, tagMovePageSchema } from './tags.schema.js';

@ApiTags('tags')
@Controller('api/v1/repositories/:name/activity')
export class TagActivityController {
  constructor(
    @Inject(TagActivity) private readonly activity: TagActivity,
    @Inject(TagMoves) private readonly moves: TagMoves,
  ) {}

  @Get()
  @Allow('pull', 'api')
  @Header('Cache-Control', 'private, no-store')
  @RepositoryNameParameter()
  @ApiOkResponse({ standardSchema: tagMovePageSchema })
  async listTagMoves(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
    @Query({ schema: tagActivityQuerySchema }) query: TagActivityQuery,
  ): Promise<ListPage<TagMoveAnswer>> {
    return toMovePage(await this.activity.listMoves(requester, name, query));
  }

  /** The tag points again where it pointed before this move; after its first one, where that pointed it. */
  @Post(':id/restore')
  @HttpCode(200)
  @Allow('push', 'api')
  @Audited('tag.restore', ({ params }) => `repository:${params.name}`)
  @RepositoryNameParameter()
  @ApiParam({ name: 'id', type: String })
  @ApiOkResponse({ standardSchema: restoredTagSchema })
  async restoreTag(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
    @Param('id', IdPipe) id: string,
  ): Promise<RestoredTagAnswer> {
    return this.moves.restoreTag(requester, name, id);
  }
}
