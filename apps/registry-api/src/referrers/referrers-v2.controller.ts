import { type Digest, OCI_IMAGE_INDEX } from '@berth/oci';
import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Allow } from '../access/permission.js';
import type { RegistryRequest } from '../access/registry-access.js';
import { cutPage, parsePage } from '../base/pagination.js';
import { DigestParameter, Registry } from '../http/registry-parameters.js';
import type { ReferrerRecord } from './referrer.store.js';
import { ReferrersService } from './referrers.service.js';

/** Distribution spec, "Listing Referrers". */
@Controller('v2/*name/referrers/:digest')
export class ReferrersV2Controller {
  constructor(@Inject(ReferrersService) private readonly referrers: ReferrersService) {}

  @Get()
  @Allow('pull', 'registry')
  async getReferrers(
    @Registry() request: RegistryRequest,
    @DigestParameter() digest: Digest,
    @Query() query: Record<string, unknown>,
    @Res() response: Response,
  ): Promise<void> {
    const page = parsePage(query);
    const artifactType = filterOf(query.artifactType);
    const { found, size } = await this.referrers.listReferrers(request, digest, { ...page, artifactType });
    const path = `/v2/${request.repository.asked}/referrers/${digest.text}`;
    const { entries, link } = cutPage(found, { size }, path, (referrer) => referrer.digest);
    if (link) response.setHeader('Link', artifactType ? withFilter(link, artifactType) : link);
    if (artifactType !== undefined) response.setHeader('OCI-Filters-Applied', 'artifactType');
    response.setHeader('Content-Type', OCI_IMAGE_INDEX);
    response.setHeader('Cache-Control', 'private, no-store');
    response.end(
      JSON.stringify({ schemaVersion: 2, mediaType: OCI_IMAGE_INDEX, manifests: entries.map(toDescriptor) }),
    );
  }
}

/** One that is given twice, or empty, is none. */
function filterOf(parameter: unknown): string | undefined {
  return typeof parameter === 'string' && parameter !== '' ? parameter : undefined;
}

function toDescriptor({ mediaType, digest, sizeBytes, artifactType, annotations }: ReferrerRecord) {
  const hasAnnotations = Object.keys(annotations).length > 0;
  return {
    mediaType,
    digest,
    size: sizeBytes,
    ...(artifactType === null ? {} : { artifactType }),
    ...(hasAnnotations ? { annotations } : {}),
  };
}

function withFilter(link: string, artifactType: string): string {
  return link.replace('?', `?artifactType=${encodeURIComponent(artifactType)}&`);
}
