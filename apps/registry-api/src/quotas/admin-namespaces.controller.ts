import { Controller, Get, Header, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow } from '../access/permission.js';
import { type CursorPage, cursorPageSchema } from '../http/cursor-page.js';
import { type NamespaceUsagePageAnswer, namespaceUsagePageSchema } from './quotas.schema.js';
import { QuotasService } from './quotas.service.js';

@ApiTags('administration')
@Controller('api/v1/admin/namespaces')
@Allow('admin', 'api')
export class AdminNamespacesController {
  constructor(@Inject(QuotasService) private readonly quotas: QuotasService) {}

  /** All of them by name, with what each has and may have. */
  @Get()
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: namespaceUsagePageSchema })
  async listNamespaceUsage(
    @Query({ schema: cursorPageSchema }) page: CursorPage,
  ): Promise<NamespaceUsagePageAnswer> {
    const { items, nextCursor } = await this.quotas.listNamespaceUsage(page);
    return {
      items: items.map((item) => ({ ...item, createdAt: item.createdAt.toISOString() })),
      nextCursor,
    };
  }
}
