import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import type { Request } from 'express';
import { AuditInterceptor } from './audit.interceptor.js';
import type { AuditAction } from './audit-entry.js';
import { AUDITED } from './audited-route.js';

/**
 * Declares what a route that changes something is in the audit log; one without keeps Berth from starting. The
 * service records what it did with `AuditService.record`, under this action and in its transaction: an answer
 * without a record is an error. What is refused is recorded for it, with `object` naming what was asked for.
 *
 * @example
 * \@Audited('user.delete', ({ params }) => `user:${params.username}`)
 */
export function Audited(action: AuditAction, object: (request: Request) => string): MethodDecorator {
  return applyDecorators(SetMetadata(AUDITED, { action, object }), UseInterceptors(AuditInterceptor));
}
