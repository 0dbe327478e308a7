import type { Actor, AuditEntry } from '../audit/audit-entry.js';
import type { AccessToken } from './access-token.store.js';

/** What the audit log has of a new access token, whoever made it. */
export function creationEntry(actor: Actor, token: AccessToken): AuditEntry {
  return {
    actor,
    action: 'access-token.create',
    object: `access-token:${token.id}`,
    details: {
      owner: token.owner,
      name: token.name,
      scopes: token.scopes,
      repositories: token.repositories ?? null,
      expiresAt: token.expiresAt?.toISOString() ?? null,
    },
  };
}
