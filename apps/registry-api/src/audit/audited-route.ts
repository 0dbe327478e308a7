import type { Request } from 'express';
import type { AuditAction } from './audit-entry.js';

/** What `Audited` declares. */
export interface AuditedRoute {
  readonly action: AuditAction;
  readonly object: (request: Request) => string;
}

export const AUDITED = 'berth:audited';
