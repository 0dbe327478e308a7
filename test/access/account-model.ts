import {
  type Asker,
  counts,
  isAtLeast,
  limitsOf,
  may,
  ownerOf,
  type Role,
  type WorldModel,
} from './model.js';

/** The model of namespaces and accounts: what is said of them beside repositories. */

export type NamespaceAction = 'view' | 'inspect' | 'restore' | 'administer';

const roleNeeded: Record<NamespaceAction, Role> = {
  view: 'reader',
  inspect: 'reader',
  restore: 'maintainer',
  administer: 'owner',
};
const scopesNeeded: Record<NamespaceAction, string[]> = {
  view: ['repository:read', 'admin'],
  inspect: ['admin'],
  restore: ['repository:delete'],
  administer: ['admin'],
};

/** The instance's own namespace, which every world has. */
const INSTANCE = 'library';

export function namespacesOf(world: WorldModel): string[] {
  return [INSTANCE, ...world.organizations.map(({ name }) => name), ...world.users.map(({ name }) => name)];
}

/** A credential that is limited to repositories does nothing to a namespace. */
export function mayInNamespace(
  world: WorldModel,
  asker: Asker,
  action: NamespaceAction,
  namespace: string,
): boolean {
  if (!namespacesOf(world).includes(namespace) || !counts(world, asker)) return false;
  const limits = limitsOf(world, asker);
  const isInReach =
    !limits ||
    (limits.repositories === null && scopesNeeded[action].some((scope) => limits.scopes.includes(scope)));
  return isInReach && isAtLeast(world, asker, roleNeeded[action], namespace);
}

export function visibleCount(world: WorldModel, asker: Asker, namespace: string): number {
  const inside = world.repositories.filter(({ name }) => name.startsWith(`${namespace}/`));
  return inside.filter(({ name }) => may(world, asker, 'pull', name)).length;
}

/** Members see it; others see its bare name when they see a repository in it. */
export function seesNamespace(world: WorldModel, asker: Asker, namespace: string): boolean {
  return (
    mayInNamespace(world, asker, 'view', namespace) ||
    (namespacesOf(world).includes(namespace) && visibleCount(world, asker, namespace) > 0)
  );
}

/** What it belongs to by itself, without repositories or being an admin of others'. */
export function roleIn(world: WorldModel, asker: Asker, namespace: string): Role | undefined {
  if (asker.kind === 'anonymous') return undefined;
  if (asker.kind === 'robot')
    return world.robots[asker.index]!.organization === namespace ? 'maintainer' : undefined;
  const user = ownerOf(world, asker);
  if (namespace === user) return 'owner';
  if (namespace === INSTANCE) return isUserAdmin(world, user) ? 'owner' : undefined;
  return world.organizations.find(({ name }) => name === namespace)?.members[user];
}

/** A person, by a credential that is not narrowed. */
export function hasWholeAccount(world: WorldModel, asker: Asker): boolean {
  if (asker.kind === 'anonymous' || asker.kind === 'robot' || !counts(world, asker)) return false;
  const limits = limitsOf(world, asker);
  return !limits || (limits.repositories === null && limits.scopes.includes('admin'));
}

export function isInstanceAdmin(world: WorldModel, asker: Asker): boolean {
  if (asker.kind === 'anonymous' || asker.kind === 'robot') return false;
  return hasWholeAccount(world, asker) && isUserAdmin(world, ownerOf(world, asker));
}

function isUserAdmin(world: WorldModel, username: string): boolean {
  return world.users.some(({ name, isAdmin }) => name === username && isAdmin);
}
