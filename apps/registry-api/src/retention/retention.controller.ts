import type { RepositoryName } from '@berth/oci';
import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { Audited } from '../audit/audited.js';
import { RepositoryNameParameter } from '../http/name-parameter.js';
import { RepositoryNamePipe } from '../http/repository-name.pipe.js';
import type { RetentionPreviewAnswer, RetentionPreviewBody, RetentionRunAnswer } from './retention.schema.js';
import {
  MAX_LISTED,
  retentionPreviewBodySchema,
  retentionPreviewSchema,
  retentionRunSchema,
} from './retention.schema.js';
import { RetentionService } from './retention.service.js';

@ApiTags('lifecycle')
@Controller('api/v1/repositories/:name/retention')
export class RetentionController {
  constructor(@Inject(RetentionService) private readonly retention: RetentionService) {}

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
    const { tags, manifests, freedBytes } = await this.retention.previewRetention(requester, name, retention);
    return {
      tagCount: tags.length,
      manifestCount: manifests.length,
      freedBytes,
      tags: tags.slice(0, MAX_LISTED),
      manifests: manifests.slice(0, MAX_LISTED),
    };
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
  ): Promise<RetentionRunAnswer> {
    return this.retention.runRetention(requester, name);
  }
}
