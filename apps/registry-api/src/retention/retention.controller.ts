import type { RepositoryName } from '@berth/oci';
import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { Audited } from '../audit/audited.js';
import { type CursorPage, cursorPageSchema } from '../http/cursor-page.js';
import { IdPipe } from '../http/id.pipe.js';
import { RepositoryNameParameter } from '../http/name-parameter.js';
import { RepositoryNamePipe } from '../http/repository-name.pipe.js';
import type {
  RestoredRunAnswer,
  RetentionPreviewAnswer,
  RetentionPreviewBody,
  RetentionRunAnswer,
  RetentionRunBody,
  RetentionRunPageAnswer,
} from './retention.schema.js';
import {
  restoredRunSchema,
  retentionPreviewBodySchema,
  retentionPreviewSchema,
  retentionRunBodySchema,
  retentionRunPageSchema,
  retentionRunSchema,
} from './retention.schema.js';
import { RetentionService } from './retention.service.js';
import { toPreview, toRun, toRunPage } from './retention-answers.js';
import { RetentionHistory } from './retention-history.service.js';
import { RetentionUndo } from './retention-undo.service.js';

@ApiTags('lifecycle')
@Controller('api/v1/repositories/:name/retention')
export class RetentionController {
  constructor(
    @Inject(RetentionService) private readonly retention: RetentionService,
    @Inject(RetentionUndo) private readonly undo: RetentionUndo,
    @Inject(RetentionHistory) private readonly history: RetentionHistory,
  ) {}

  /** What a run would remove now; nothing is. */
  @Post('preview')
  @HttpCode(200)
  @Allow('manage', 'api')
  @Audited('retention.preview', ({ params }) => `repository:${params.name}`)
  @RepositoryNameParameter()
  @ApiOkResponse({ standardSchema: retentionPreviewSchema })
  async previewRetention(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
    @Body({ schema: retentionPreviewBodySchema }) { retention }: RetentionPreviewBody,
  ): Promise<RetentionPreviewAnswer> {
    return toPreview(await this.retention.previewRetention(requester, name, retention));
  }

  /** Removes now what the policy does not keep, into trash. */
  @Post('run')
  @HttpCode(200)
  @Allow('delete', 'api')
  @Audited('retention.run', ({ params }) => `repository:${params.name}`)
  @RepositoryNameParameter()
  @ApiOkResponse({ standardSchema: retentionRunSchema })
  async runRetention(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
    @Body({ schema: retentionRunBodySchema }) { plan }: RetentionRunBody,
  ): Promise<RetentionRunAnswer> {
    return toRun(await this.retention.runRetention(requester, name, plan));
  }

  /** Brings back what a run removed and trash or the repository still has; done again it goes on. */
  @Post('runs/:id/restore')
  @HttpCode(200)
  @Allow('delete', 'api')
  @Audited('retention.restore', ({ params }) => `repository:${params.name}`)
  @RepositoryNameParameter()
  @ApiOkResponse({ standardSchema: restoredRunSchema })
  async restoreRetentionRun(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
    @Param('id', IdPipe) id: string,
  ): Promise<RestoredRunAnswer> {
    const { problems, ...counts } = await this.undo.restoreRun(requester, name, id);
    return { ...counts, problems: [...problems] };
  }

  /** What runs removed, by the schedule and by people, the newest first. */
  @Get('runs')
  @Allow('manage', 'api')
  @Header('Cache-Control', 'private, no-store')
  @RepositoryNameParameter()
  @ApiOkResponse({ standardSchema: retentionRunPageSchema })
  async listRetentionRuns(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
    @Query({ schema: cursorPageSchema }) page: CursorPage,
  ): Promise<RetentionRunPageAnswer> {
    return toRunPage(await this.history.listRuns(requester, name, page));
  }
}
