import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Allow } from '../access/permission.js';
import type { RegistryRequest } from '../access/registry-access.js';
import { cutPage, parsePage } from '../base/pagination.js';
import { Registry } from '../http/registry-parameters.js';
import { TagsService } from './tags.service.js';

/** Distribution spec, "Listing Tags". */
@Controller('v2/*name/tags/list')
export class TagsV2Controller {
  constructor(@Inject(TagsService) private readonly tags: TagsService) {}

  @Get()
  @Allow('pull', 'registry')
  async getTags(
    @Registry() request: RegistryRequest,
    @Query() query: Record<string, unknown>,
    @Res() response: Response,
  ): Promise<void> {
    const page = parsePage(query);
    const found = await this.tags.listTags(request, page);
    const { asked } = request.repository;
    const { entries, link } = cutPage(found, page, `/v2/${asked}/tags/list`, (tag) => tag);
    if (link) response.setHeader('Link', link);
    response.setHeader('Cache-Control', 'private, no-store');
    response.json({ name: asked, tags: entries });
  }
}
