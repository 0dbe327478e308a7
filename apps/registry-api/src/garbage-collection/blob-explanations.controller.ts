import { type Digest, RepositoryName } from '@berth/oci';
import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow } from '../access/permission.js';
import { DigestPipe } from '../http/digest.pipe.js';
import { type BlobExplanationAnswer, blobExplanationSchema } from './blob-explanations.schema.js';
import { BlobExplanations } from './blob-explanations.service.js';

@ApiTags('administration')
@Controller('api/v1/admin/blobs')
@Allow('admin', 'api')
export class BlobExplanationsController {
  constructor(@Inject(BlobExplanations) private readonly explanations: BlobExplanations) {}

  /** Why a blob is kept, or when it goes. */
  @Get(':digest')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: blobExplanationSchema })
  async explainBlob(@Param('digest', DigestPipe) digest: Digest): Promise<BlobExplanationAnswer> {
    const { fate, sentence, goesAt, blob } = await this.explanations.explain(digest);
    return {
      digest: digest.text,
      fate,
      sentence,
      goesAt: goesAt?.toISOString() ?? null,
      sizeBytes: blob?.sizeBytes ?? null,
      createdAt: blob?.createdAt.toISOString() ?? null,
      touchedAt: blob?.touchedAt.toISOString() ?? null,
      damagedAt: blob?.damagedAt?.toISOString() ?? null,
      repositoryCount: blob?.repositoryCount ?? 0,
      repositories: (blob?.repositories ?? []).map((repository) => ({
        name: RepositoryName.parse(repository.name).shown,
        deletedAt: repository.deletedAt?.toISOString() ?? null,
        touchedAt: repository.touchedAt.toISOString(),
        isNeeded: repository.isNeeded,
        manifests: repository.manifests.map(({ digest: of, tags }) => ({ digest: of, tags: [...tags] })),
        trash: repository.trash.map(({ digest: of, deletedAt }) => ({
          digest: of,
          deletedAt: deletedAt.toISOString(),
        })),
      })),
    };
  }
}
