import { Module } from '@nestjs/common';
import { NamespacesModule } from '../namespaces/namespaces.module.js';
import { NamespaceUsageController } from './namespace-usage.controller.js';
import { QuotaStore } from './quota.store.js';
import { QuotasController } from './quotas.controller.js';
import { QuotasService } from './quotas.service.js';

@Module({
  imports: [NamespacesModule],
  controllers: [QuotasController, NamespaceUsageController],
  providers: [QuotasService, QuotaStore],
  exports: [QuotasService],
})
export class QuotasModule {}
