import type { Actor } from '../audit/audit-entry.js';
import { type AccessFacts, principalName } from './access-facts.js';
import type { Requester } from './credential.js';

/** Whom the audit log names for what a requester does; the facts are those of its own look-up. */
export function actorOf({ address }: Requester, { principal, credentialName }: AccessFacts): Actor {
  return { name: principalName(principal), credential: credentialName, address: address || undefined };
}

/** The facts that the guard has looked up, on a route that needs `user`, `account` or `admin`. */
export function factsOf({ facts }: Requester): AccessFacts {
  if (!facts) throw new Error('the route declares no permission for which the guard looks up who asks');
  return facts;
}
