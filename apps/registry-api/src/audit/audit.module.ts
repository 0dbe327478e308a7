import { Global, Module } from '@nestjs/common';
import { AuditController } from './audit.controller.js';
import { AuditService } from './audit.service.js';
import { AuditStore } from './audit.store.js';
import { AuditLog } from './audit-log.service.js';
import { AuditRetention } from './audit-retention.js';

/** Global, since every feature that changes something records it. */
@Global()
@Module({
  controllers: [AuditController],
  providers: [AuditService, AuditLog, AuditStore, AuditRetention],
  exports: [AuditService],
})
export class AuditModule {}
