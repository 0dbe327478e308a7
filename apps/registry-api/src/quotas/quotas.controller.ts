import { Body, Controller, Get, Header, Inject, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { Audited } from '../audit/audited.js';
import type { QuotaLimitsBody, QuotaListAnswer, UsageAnswer } from './quotas.schema.js';
import { quotaLimitsSchema, quotaListSchema, usageSchema } from './quotas.schema.js';
import { QuotasService } from './quotas.service.js';

@ApiTags('administration')
@Controller('api/v1/admin/quotas')
@Allow('admin', 'api')
export class QuotasController {
  constructor(@Inject(QuotasService) private readonly quotas: QuotasService) {}

  @Get()
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: quotaListSchema })
  async listQuotas(): Promise<QuotaListAnswer> {
    const { instance, namespaces } = await this.quotas.listQuotas();
    return { instance, items: namespaces.map((quota) => ({ ...quota, namespace: quota.namespace ?? '' })) };
  }

  @Put('instance')
  @Audited('quota.set', () => 'instance')
  @ApiOkResponse({ standardSchema: usageSchema })
  async setInstanceQuota(
    @From() requester: Requester,
    @Body({ schema: quotaLimitsSchema }) limits: QuotaLimitsBody,
  ): Promise<UsageAnswer> {
    return this.quotas.setInstanceQuota(requester, limits);
  }

  /** A limit below what is used deletes nothing, and lets nothing more in. */
  @Put('namespaces/:namespace')
  @Audited('quota.set', ({ params }) => `namespace:${params.namespace}`)
  @ApiOkResponse({ standardSchema: usageSchema })
  async setNamespaceQuota(
    @From() requester: Requester,
    @Param('namespace') namespace: string,
    @Body({ schema: quotaLimitsSchema }) limits: QuotaLimitsBody,
  ): Promise<UsageAnswer> {
    return this.quotas.setNamespaceQuota(requester, namespace, limits);
  }
}
