import { Denied, NotFound, Unauthorized } from '../errors/domain-errors.js';
import { type AccessFacts, isInstanceAdmin } from './access-facts.js';
import { requireCounting } from './api-access.js';
import type { Permission } from './permission.js';

/** The permissions that are about who asks and not about a repository. */
export type SignedInPermission = Extract<Permission, 'user' | 'account' | 'admin'>;

export function isSignedInPermission(permission: Permission): permission is SignedInPermission {
  return permission === 'user' || permission === 'account' || permission === 'admin';
}

/** Throws `Unauthorized` for nobody, `Denied` for who may not change an account, `NotFound` for who is no admin. */
export function requireSignedIn(facts: AccessFacts, permission: SignedInPermission): void {
  requireCounting(facts);
  if (permission === 'admin') {
    if (!isAdmin(facts)) throw new NotFound();
    return;
  }
  if (facts.principal.kind === 'anonymous') throw new Unauthorized([]);
  if (permission === 'account' && !(facts.principal.kind === 'user' && isUnlimited(facts))) {
    throw new Denied(
      'Only a person can do this: sign in with your password, or use a token that may administer.',
    );
  }
}

/** An instance admin, by a credential that is not narrowed to less. */
export function isAdmin(facts: AccessFacts): boolean {
  return isInstanceAdmin(facts.principal) && isUnlimited(facts);
}

/** A credential that is limited to repositories administers nothing beside them; the facts are those of no name. */
function isUnlimited({ scopes, isWithinLimits }: AccessFacts): boolean {
  return isWithinLimits && (scopes === undefined || scopes.includes('admin'));
}
