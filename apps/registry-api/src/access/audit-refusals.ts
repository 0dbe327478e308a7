import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AuditService } from '../audit/audit.service.js';
import type { AuditDetails } from '../audit/audit-entry.js';
import type { AuditedRoute } from '../audit/audited-route.js';
import { toWireError } from '../errors/table.js';
import { AccessService } from './access.service.js';
import { actorOf } from './actor.js';

/** A request that was malformed is no refusal; one that met a broken part of Berth is not either. */
const REFUSALS: ReadonlySet<number> = new Set([401, 403, 404, 409, 429]);

/** Records changes that were asked for and refused. */
@Injectable()
export class AuditRefusals {
  constructor(
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(AccessService) private readonly access: AccessService,
  ) {}

  /**
   * Nobody's requests are left out: anybody could fill the log with them. (Refused sign-ins, which are limited, are
   * recorded where passwords are checked.)
   */
  async record({ action, object }: AuditedRoute, request: Request, error: unknown): Promise<void> {
    const requester = request.user;
    const wire = toWireError(error);
    if (!wire || !REFUSALS.has(wire.status) || !requester || requester.presented === 'none') return;
    const facts = requester.facts ?? (await this.access.whoIs(requester.credential));
    if (facts.principal.kind === 'anonymous') return;
    const details: AuditDetails = { status: wire.status, reason: wire.message };
    const actor = actorOf(requester, facts);
    await this.audit.record({ actor, action, object: object(request), result: 'refused', details });
  }
}
