import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import type { NamespaceStorageAnswer } from './quotas.schema.js';
import { namespaceStorageSchema } from './quotas.schema.js';
import { QuotasService } from './quotas.service.js';

@ApiTags('namespaces')
@Controller('api/v1/namespaces/:namespace/usage')
export class NamespaceUsageController {
  constructor(@Inject(QuotasService) private readonly quotas: QuotasService) {}

  /** What the namespace has, what it may have, and what its repositories share among themselves. */
  @Get()
  @Allow('user', 'api')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: namespaceStorageSchema })
  async getUsage(
    @From() requester: Requester,
    @Param('namespace') namespace: string,
  ): Promise<NamespaceStorageAnswer> {
    return this.quotas.findNamespaceStorage(requester, namespace);
  }
}
