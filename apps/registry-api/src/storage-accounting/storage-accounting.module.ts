import { Module } from '@nestjs/common';
import { StorageController } from './storage.controller.js';
import { StorageCheckStore } from './storage-check.store.js';
import { StorageJobs } from './storage-jobs.js';
import { StorageReportStore } from './storage-report.store.js';
import { StorageReports } from './storage-reports.service.js';
import { StorageUsage } from './storage-usage.service.js';
import { StorageUsageStore } from './storage-usage.store.js';

@Module({
  controllers: [StorageController],
  providers: [
    StorageUsage,
    StorageUsageStore,
    StorageJobs,
    StorageCheckStore,
    StorageReports,
    StorageReportStore,
  ],
  exports: [StorageUsage],
})
export class StorageAccountingModule {}
