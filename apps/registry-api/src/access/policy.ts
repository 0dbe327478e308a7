import { type AccessFacts, isInstanceAdmin, type Role } from './access-facts.js';

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

/**
 * What can be done to a namespace: see its description and role, see its members and teams, restore and purge
 * repositories that were deleted from it, change any of it.
 */
export const namespaceActions = ['view', 'inspect', 'restore', 'administer'] as const;
export type NamespaceAction = (typeof namespaceActions)[number];

export const namespaceRoleNeeded: Readonly<Record<NamespaceAction, Role>> = {
  view: 'reader',
  inspect: 'reader',
  restore: 'maintainer',
  administer: 'owner',
};

/** A credential with scopes must have one of these for an action on a namespace. */
export const namespaceScopesNeeded: Readonly<Record<NamespaceAction, readonly string[]>> = {
  view: ['repository:read', 'admin'],
  inspect: ['admin'],
  restore: ['repository:delete'],
  administer: ['admin'],
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
  if (isInstanceAdmin(facts.principal)) return true;
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

/**
 * What the principal may do to a namespace; the facts are those on its bare name, which no limit to repositories
 * covers. What a namespace shows of itself to those who see a repository in it is for `visible-namespaces.ts`.
 */
export function allowsInNamespace(facts: AccessFacts, action: NamespaceAction): boolean {
  return !facts.namespace?.isDeleted && holdsInNamespace(facts, action);
}

/** Whether the principal may restore a namespace from trash, or purge it: who could delete it. */
export function mayRestoreNamespace(facts: AccessFacts): boolean {
  return facts.namespace?.isDeleted === true && holdsInNamespace(facts, 'administer');
}

function holdsInNamespace(facts: AccessFacts, action: NamespaceAction): boolean {
  if (facts.credentialProblem !== undefined || !facts.namespace) return false;
  const needed = namespaceScopesNeeded[action];
  const isInScope = facts.scopes?.some((scope) => needed.includes(scope)) ?? true;
  return isInScope && facts.isWithinLimits && holdsRole(facts, namespaceRoleNeeded[action]);
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
  return holdsRole(facts, roleNeeded[action]);
}

function holdsRole({ principal, role }: AccessFacts, needed: Role): boolean {
  if (principal.kind === 'anonymous') return false;
  if (isInstanceAdmin(principal)) return true;
  return role !== undefined && strength[role] >= strength[needed];
}
