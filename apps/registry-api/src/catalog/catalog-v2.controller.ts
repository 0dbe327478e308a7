import { Controller, Get, Header, Inject, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { parsePage } from '../base/pagination.js';
import { CatalogService } from './catalog.service.js';

/** The field's `_catalog`, paged as the distribution spec's lists are. */
@Controller('v2/_catalog')
export class CatalogV2Controller {
  constructor(@Inject(CatalogService) private readonly catalog: CatalogService) {}

  @Get()
  @Allow('anyone', 'registry')
  @Header('Cache-Control', 'private, no-store')
  async listRepositories(
    @From() requester: Requester,
    @Query() query: Record<string, unknown>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ repositories: string[] }> {
    const { entries, link } = await this.catalog.listRepositories(requester, parsePage(query));
    if (link) response.setHeader('Link', link);
    return { repositories: entries };
  }
}
