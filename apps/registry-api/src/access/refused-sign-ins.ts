import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { AuditService } from '../audit/audit.service.js';
import type { AuditEntry } from '../audit/audit-entry.js';
import { presentedName } from '../audit/presented-name.js';
import { type AccessFacts, principalName } from './access-facts.js';
import type { Credential } from './credential.js';

const MOST_REMEMBERED = 10_000;
const SILENT_MS = 60_000;

/** Somebody who came with an access token or a robot's secret that counts no more, or that nobody knows. */
export interface RefusedSignIn {
  readonly credential: Credential;
  readonly facts: AccessFacts;
  readonly address: string;
}

/**
 * Records refused sign-ins by access tokens and robots' secrets. A program that goes on trying is recorded once a
 * minute, and so is an address that tries secrets which nobody has; passwords are recorded where they are checked.
 */
@Injectable()
export class RefusedSignIns {
  private readonly recorded = new LRUCache<string, true>({ max: MOST_REMEMBERED, ttl: SILENT_MS });

  constructor(@Inject(AuditService) private readonly audit: AuditService) {}

  /** Does nothing for a credential that counts. */
  async note(refused: RefusedSignIn): Promise<void> {
    const entry = this.entryOf(refused);
    if (entry) await this.audit.record(entry);
  }

  /** A secret that cannot be one, by its checksum: mistyped, or guessed. */
  async noteMistyped(username: string | undefined, address: string): Promise<void> {
    const entry = this.once(`unknown ${address}`, () => entryOfNobody(username, address, 'checksum'));
    if (entry) await this.audit.record(entry);
  }

  /** The entry to write, unless it was given out within the last minute. */
  entryOf({ credential, facts, address }: RefusedSignIn): AuditEntry | undefined {
    const { principal, credentialProblem: reason, credentialId, credentialName } = facts;
    if (!reason) return undefined;
    if (reason === 'unknown') {
      if (credential.kind !== 'access_token' && credential.kind !== 'robot') return undefined;
      const username = 'username' in credential ? credential.username : undefined;
      return this.once(`unknown ${address}`, () => entryOfNobody(username, address, reason));
    }
    if (!credentialId || principal.kind === 'anonymous') return undefined;
    const name = principalName(principal);
    return this.once([name, credentialId, address, reason].join(' '), () => ({
      actor: { name, credential: credentialName, address },
      action: 'credential.use',
      object: `${principal.kind}:${name}`,
      result: 'refused',
      details: { reason },
    }));
  }

  private once(key: string, make: () => AuditEntry): AuditEntry | undefined {
    if (this.recorded.has(key)) return undefined;
    this.recorded.set(key, true);
    return make();
  }
}

function entryOfNobody(username: string | undefined, address: string, reason: string): AuditEntry {
  const name = presentedName(username);
  const isRobot = name.startsWith('robot+');
  return {
    actor: { name, credential: isRobot ? 'robot' : 'access token', address },
    action: 'credential.use',
    object: `${isRobot ? 'robot' : 'user'}:${name}`,
    result: 'refused',
    details: { reason },
  };
}
