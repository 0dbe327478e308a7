import type { RepositoryName } from '@berth/oci';
import { Controller, Delete, Get, Header, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { Audited } from '../audit/audited.js';
import type { ListPage } from '../http/cursor-page.js';
import { RepositoryNameParameter } from '../http/name-parameter.js';
import { RepositoryNamePipe } from '../http/repository-name.pipe.js';
import { TagPipe } from '../http/tag.pipe.js';
import { toManifestDetail } from '../manifests/manifest-answers.js';
import { ManifestDetails } from '../manifests/manifest-details.service.js';
import type { ManifestDetailAnswer } from '../manifests/manifests.schema.js';
import { manifestDetailSchema } from '../manifests/manifests.schema.js';
import { TagActivity } from './tag-activity.service.js';
import { toDeletedTag, toTagAt, toTagPage } from './tag-answers.js';
import { TagList } from './tag-list.service.js';
import { TagMoves } from './tag-moves.service.js';
import type { DeletedTagAnswer, TagAnswer, TagAtAnswer, TagListQuery, TagQuery } from './tags.schema.js';
import {
  deletedTagSchema,
  tagAtSchema,
  tagListQuerySchema,
  tagPageSchema,
  tagQuerySchema,
} from './tags.schema.js';

@ApiTags('tags')
@Controller('api/v1/repositories/:name/tags')
export class TagsController {
  constructor(
    @Inject(TagList) private readonly tags: TagList,
    @Inject(TagMoves) private readonly moves: TagMoves,
    @Inject(TagActivity) private readonly activity: TagActivity,
    @Inject(ManifestDetails) private readonly manifests: ManifestDetails,
  ) {}

  @Get()
  @Allow('pull', 'api')
  @Header('Cache-Control', 'private, no-store')
  @RepositoryNameParameter()
  @ApiOkResponse({ standardSchema: tagPageSchema })
  async listTags(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
    @Query({ schema: tagListQuerySchema }) query: TagListQuery,
  ): Promise<ListPage<TagAnswer>> {
    return toTagPage(await this.tags.listTags(requester, name, query));
  }

  /** The manifest that the tag points to; with `at`, the digest that it pointed to then. */
  @Get(':tag')
  @Allow('pull', 'api')
  @Header('Cache-Control', 'private, no-store')
  @RepositoryNameParameter()
  @ApiOkResponse({ standardSchema: z.union([manifestDetailSchema, tagAtSchema]) })
  async getTag(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
    @Param('tag', TagPipe) tag: string,
    @Query({ schema: tagQuerySchema }) { at }: TagQuery,
  ): Promise<ManifestDetailAnswer | TagAtAnswer> {
    if (at) return toTagAt(tag, at, await this.activity.findTagAt(requester, name, tag, at));
    return toManifestDetail(await this.manifests.findManifest(requester, name, { kind: 'tag', tag }));
  }

  /** The manifest stays; its activity can put the tag back. */
  @Delete(':tag')
  @Allow('delete', 'api')
  @Audited('tag.delete', ({ params }) => `repository:${params.name}`)
  @RepositoryNameParameter()
  @ApiOkResponse({ standardSchema: deletedTagSchema })
  async deleteTag(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
    @Param('tag', TagPipe) tag: string,
  ): Promise<DeletedTagAnswer> {
    return toDeletedTag(await this.moves.removeTag(requester, name, tag));
  }
}
