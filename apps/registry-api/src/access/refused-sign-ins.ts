import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { AuditService } from '../audit/audit.service.js';
import { type AccessFacts, principalName } from './access-facts.js';

const MOST_REMEMBERED = 10_000;
const SILENT_MS = 60_000;

/**
 * Records that somebody came with an access token or a robot's secret that counts no more. A program that goes on
 * trying is recorded once a minute; passwords are recorded where they are checked.
 */
@Injectable()
export class RefusedSignIns {
  private readonly recorded = new LRUCache<string, true>({ max: MOST_REMEMBERED, ttl: SILENT_MS });

  constructor(@Inject(AuditService) private readonly audit: AuditService) {}

  /** Does nothing for a credential that counts, or of which nobody knows whose it was. */
  async note(facts: AccessFacts, address: string): Promise<void> {
    const { principal, credentialProblem: reason, credentialId, credentialName } = facts;
    if (!reason || reason === 'unknown' || !credentialId || principal.kind === 'anonymous') return;
    const name = principalName(principal);
    const attempt = [name, credentialId, address, reason].join(' ');
    if (this.recorded.has(attempt)) return;
    this.recorded.set(attempt, true);
    await this.audit.record({
      actor: { name, credential: credentialName, address },
      action: 'credential.use',
      object: `${principal.kind}:${name}`,
      result: 'refused',
      details: { reason },
    });
  }
}
