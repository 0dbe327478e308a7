import { Module } from '@nestjs/common';
import { NamespacesModule } from '../namespaces/namespaces.module.js';
import { AdminNamespacesController } from './admin-namespaces.controller.js';
import { NamespaceUsageController } from './namespace-usage.controller.js';
import { NamespaceUsageListStore } from './namespace-usage-list.store.js';
import { QuotaStore } from './quota.store.js';
import { QuotasController } from './quotas.controller.js';
import { QuotasService } from './quotas.service.js';

@Module({
  imports: [NamespacesModule],
  controllers: [AdminNamespacesController, QuotasController, NamespaceUsageController],
  providers: [QuotasService, QuotaStore, NamespaceUsageListStore],
  exports: [QuotasService],
})
export class QuotasModule {}
