import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import type { UsageAnswer } from './quotas.schema.js';
import { usageSchema } from './quotas.schema.js';
import { QuotasService } from './quotas.service.js';

@ApiTags('namespaces')
@Controller('api/v1/namespaces/:namespace/usage')
export class NamespaceUsageController {
  constructor(@Inject(QuotasService) private readonly quotas: QuotasService) {}

  /** What the namespace has, and what it may have. */
  @Get()
  @Allow('user', 'api')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: usageSchema })
  async getUsage(@From() requester: Requester, @Param('namespace') namespace: string): Promise<UsageAnswer> {
    return this.quotas.findNamespaceUsage(requester, namespace);
  }
}
