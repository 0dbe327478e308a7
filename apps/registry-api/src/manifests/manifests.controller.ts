import type { Digest, RepositoryName } from '@berth/oci';
import { Controller, Delete, Get, Header, HttpCode, Inject, Param, Res } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { Audited } from '../audit/audited.js';
import { DigestPipe } from '../http/digest.pipe.js';
import { RepositoryNameParameter } from '../http/name-parameter.js';
import { RepositoryNamePipe } from '../http/repository-name.pipe.js';
import { TrashedResponse, trashedManifest } from '../trash/trashed-response.js';
import { toManifestDetail } from './manifest-answers.js';
import { ManifestDetails } from './manifest-details.service.js';
import { ManifestRemoval } from './manifest-removal.service.js';
import type { ManifestDetailAnswer } from './manifests.schema.js';
import { manifestDetailSchema } from './manifests.schema.js';

@ApiTags('manifests')
@Controller('api/v1/repositories/:name/manifests/:digest')
export class ManifestsController {
  constructor(
    @Inject(ManifestDetails) private readonly manifests: ManifestDetails,
    @Inject(ManifestRemoval) private readonly removal: ManifestRemoval,
  ) {}

  @Get()
  @Allow('pull', 'api')
  @Header('Cache-Control', 'private, no-store')
  @RepositoryNameParameter()
  @ApiParam({ name: 'digest', type: String })
  @ApiOkResponse({ standardSchema: manifestDetailSchema })
  async getManifestDetail(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
    @Param('digest', DigestPipe) digest: Digest,
  ): Promise<ManifestDetailAnswer> {
    return toManifestDetail(await this.manifests.findManifest(requester, name, { kind: 'digest', digest }));
  }

  /** Into trash, with its tags and what is attached to it. */
  @Delete()
  @HttpCode(204)
  @Allow('delete', 'api')
  @Audited('manifest.delete', ({ params }) => `repository:${params.name}`)
  @RepositoryNameParameter()
  @ApiParam({ name: 'digest', type: String })
  @TrashedResponse()
  async deleteShownManifest(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
    @Param('digest', DigestPipe) digest: Digest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const { trashId } = await this.removal.deleteShownManifest(requester, name, digest);
    response.location(trashedManifest(name, trashId));
  }
}
