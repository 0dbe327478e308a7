import type { AccessFacts, Role } from './access-facts.js';

/** What can be done to a repository. */
export const actions = ['pull', 'push', 'delete', 'manage', 'administer'] as const;
export type Action = (typeof actions)[number];

/** The weakest role that allows an action; an instance admin may do everything. */
export const roleNeeded: Readonly<Record<Action, Role>> = {
  pull: 'reader',
  push: 'writer',
  delete: 'maintainer',
  manage: 'maintainer',
  administer: 'owner',
};

/** The scope a credential with scopes must have for an action. */
export const scopeNeeded: Readonly<Record<Action, string>> = {
  pull: 'repository:read',
  push: 'repository:write',
  delete: 'repository:delete',
  manage: 'admin',
  administer: 'admin',
};

export interface AccessSettings {
  /** `BERTH_ANONYMOUS=pull`. */
  readonly isAnonymousPullAllowed: boolean;
}

const strength: Readonly<Record<Role, number>> = { reader: 1, writer: 2, maintainer: 3, owner: 4 };

/**
 * The one decision of Berth: what the principal's roles allow now ∩ what its credential allows.
 * Lists ask the same question in SQL (`visible-repositories.ts`); a property test binds the two.
 */
export function allows(facts: AccessFacts, action: Action, settings: AccessSettings): boolean {
  if (facts.credentialProblem !== undefined || !facts.repository) return false;
  if (!isWithinCredential(facts, action)) return false;
  return isReadByAll(facts, action, settings) || hasRole(facts, action);
}

/** Whether a push may make the repository: it does not exist, and the principal may write to its namespace. */
export function mayCreate(facts: AccessFacts): boolean {
  if (facts.credentialProblem !== undefined || facts.repository) return false;
  if (!isWithinCredential(facts, 'push') || facts.namespace?.isDeleted) return false;
  if (facts.principal.kind === 'user' && facts.principal.isAdmin) return true;
  return facts.namespace !== undefined && hasRole(facts, 'push');
}

/** Whether the repository may be public from the start: who could not make it public later may not do it now either. */
export function mayCreatePublic(facts: AccessFacts): boolean {
  return mayCreate(facts) && isWithinCredential(facts, 'administer') && hasRole(facts, 'administer');
}

/** Actions on an existing or creatable repository, for the access entries of a registry token. */
export function allowedActions(facts: AccessFacts, settings: AccessSettings): Action[] {
  if (mayCreate(facts)) return ['pull', 'push'];
  return actions.filter((action) => allows(facts, action, settings));
}

function isWithinCredential(facts: AccessFacts, action: Action): boolean {
  const isInScope = facts.scopes === undefined || facts.scopes.includes(scopeNeeded[action]);
  return isInScope && facts.isWithinLimits;
}

function isReadByAll(facts: AccessFacts, action: Action, settings: AccessSettings): boolean {
  if (action !== 'pull' || !facts.repository?.isPublic) return false;
  return facts.principal.kind !== 'anonymous' || settings.isAnonymousPullAllowed;
}

function hasRole(facts: AccessFacts, action: Action): boolean {
  if (facts.principal.kind === 'anonymous') return false;
  if (facts.principal.kind === 'user' && facts.principal.isAdmin) return true;
  return facts.role !== undefined && strength[facts.role] >= strength[roleNeeded[action]];
}
