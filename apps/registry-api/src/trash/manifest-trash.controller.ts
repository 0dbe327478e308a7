import type { RepositoryName } from '@berth/oci';
import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { Audited } from '../audit/audited.js';
import { type CursorPage, cursorPageSchema, type ListPage } from '../http/cursor-page.js';
import { IdPipe } from '../http/id.pipe.js';
import { RepositoryNameParameter } from '../http/name-parameter.js';
import { RepositoryNamePipe } from '../http/repository-name.pipe.js';
import { ManifestTrash } from './manifest-trash.service.js';
import type { ManifestPurgeBody, RestoredManifestAnswer, TrashedManifestAnswer } from './trash.schema.js';
import { manifestPurgeSchema, restoredManifestSchema, trashedManifestPageSchema } from './trash.schema.js';
import { TrashAnswers } from './trash-answers.js';

/** What was deleted from a repository. */
@ApiTags('trash')
@Controller('api/v1/repositories/:name/trash')
export class ManifestTrashController {
  constructor(
    @Inject(ManifestTrash) private readonly trash: ManifestTrash,
    @Inject(TrashAnswers) private readonly answers: TrashAnswers,
  ) {}

  @Get()
  @Allow('delete', 'api')
  @Header('Cache-Control', 'private, no-store')
  @RepositoryNameParameter()
  @ApiOkResponse({ standardSchema: trashedManifestPageSchema })
  async listTrashedManifests(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
    @Query({ schema: cursorPageSchema }) page: CursorPage,
  ): Promise<ListPage<TrashedManifestAnswer>> {
    return this.answers.manifestPage(await this.trash.listManifests(requester, name, page));
  }

  /** With what was attached to it and its tags; a tag that was pushed again stays where it is. */
  @Post(':id/restore')
  @HttpCode(200)
  @Allow('delete', 'api')
  @Audited('manifest.restore', ({ params }) => `repository:${params.name}`)
  @RepositoryNameParameter()
  @ApiParam({ name: 'id', type: String })
  @ApiOkResponse({ standardSchema: restoredManifestSchema })
  async restoreManifest(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
    @Param('id', IdPipe) id: string,
  ): Promise<RestoredManifestAnswer> {
    const { digest, digests, tags, takenTags } = await this.trash.restoreManifest(requester, name, id);
    return { digest, digests: [...digests], tags: [...tags], takenTags: [...takenTags] };
  }

  @Post(':id/purge')
  @HttpCode(204)
  @Allow('delete', 'api')
  @Audited('manifest.purge', ({ params }) => `repository:${params.name}`)
  @RepositoryNameParameter()
  @ApiParam({ name: 'id', type: String })
  @ApiNoContentResponse()
  async purgeManifest(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
    @Param('id', IdPipe) id: string,
    @Body({ schema: manifestPurgeSchema }) { digest }: ManifestPurgeBody,
  ): Promise<void> {
    await this.trash.purgeManifest(requester, name, id, digest);
  }
}
