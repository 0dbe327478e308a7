import { Global, Module } from '@nestjs/common';
import { AuditService } from './audit.service.js';

/** Global, since every feature that changes something records it. */
@Global()
@Module({ providers: [AuditService], exports: [AuditService] })
export class AuditModule {}
