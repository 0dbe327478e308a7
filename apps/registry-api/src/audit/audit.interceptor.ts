import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { AuditRefusals } from '../access/audit-refusals.js';
import { AuditService } from './audit.service.js';
import { AUDITED, type AuditedRoute } from './audited-route.js';

/** Holds routes to what they declare with `Audited`. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(AuditRefusals) private readonly refusals: AuditRefusals,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return from(this.watch(context, next));
  }

  private async watch(context: ExecutionContext, next: CallHandler): Promise<unknown> {
    const route = this.reflector.get<AuditedRoute>(AUDITED, context.getHandler());
    const { settled, isRecorded } = await this.audit.watch(route.action, () =>
      lastValueFrom(next.handle(), { defaultValue: undefined }),
    );
    if (settled.status === 'rejected') {
      const request = context.switchToHttp().getRequest<Request>();
      if (!isRecorded) await this.refusals.record(route, request, settled.reason);
      throw settled.reason;
    }
    if (!isRecorded) throw new Error(`${context.getHandler().name} has not recorded its ${route.action}`);
    return settled.value;
  }
}
