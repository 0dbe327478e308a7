/** A plain model of who may do what, written from the design alone: no SQL, none of the program's code. */

export type Role = 'reader' | 'writer' | 'maintainer' | 'owner';
export type Action = 'pull' | 'push' | 'delete' | 'manage' | 'administer';
export type Grantee = { user: string } | { team: string } | { robot: string };

/** What a credential may do at most. */
export interface Limits {
  scopes: string[];
  /** Names and patterns (`org/*`); null for no limit. */
  repositories: string[] | null;
  isExpired: boolean;
}

/** Everything that decides about access. Names are those of the world, without the prefix it gets in a database. */
export interface WorldModel {
  users: { name: string; isAdmin: boolean; isDisabled: boolean }[];
  organizations: { name: string; members: Record<string, Role> }[];
  teams: { name: string; organization: string; members: string[] }[];
  robots: ({ name: string; organization: string } & Limits)[];
  tokens: ({ owner: string; isRevoked: boolean } & Limits)[];
  repositories: { name: string; isPublic: boolean }[];
  grants: { repository: string; to: Grantee; role: Role }[];
}

/** Who asks: nobody, a user by password, one of the world's access tokens or robots. */
export type Asker =
  | { kind: 'anonymous' }
  | { kind: 'user'; name: string }
  | { kind: 'token' | 'robot'; index: number };

const strength: Record<Role, number> = { reader: 1, writer: 2, maintainer: 3, owner: 4 };
const needed: Record<Action, Role> = {
  pull: 'reader',
  push: 'writer',
  delete: 'maintainer',
  manage: 'maintainer',
  administer: 'owner',
};
const scope: Record<Action, string> = {
  pull: 'repository:read',
  push: 'repository:write',
  delete: 'repository:delete',
  manage: 'admin',
  administer: 'admin',
};

/** Whether the credential counts at all. */
export function counts(world: WorldModel, asker: Asker): boolean {
  if (asker.kind === 'anonymous') return true;
  if (asker.kind === 'robot') return !limitsOf(world, asker)!.isExpired;
  if (world.users.find(({ name }) => name === ownerOf(world, asker))!.isDisabled) return false;
  if (asker.kind === 'user') return true;
  return !world.tokens[asker.index]!.isRevoked && !limitsOf(world, asker)!.isExpired;
}

/** Whether the asker may do this to a repository of the world. An absent one can be done nothing to. */
export function may(world: WorldModel, asker: Asker, action: Action, repository: string): boolean {
  const found = world.repositories.find(({ name }) => name === repository);
  if (!found || !counts(world, asker) || !isWithinLimits(world, asker, action, repository)) return false;
  if (action === 'pull' && found.isPublic) return true;
  return isAtLeast(world, asker, needed[action], repository);
}

/** Whether a push by the asker makes this repository, which the world has not. */
export function mayCreate(world: WorldModel, asker: Asker, repository: string): boolean {
  if (world.repositories.some(({ name }) => name === repository) || !counts(world, asker)) return false;
  return isWithinLimits(world, asker, 'push', repository) && isAtLeast(world, asker, 'writer', repository);
}

export function visible(world: WorldModel, asker: Asker): string[] {
  const names = world.repositories.map(({ name }) => name).filter((name) => may(world, asker, 'pull', name));
  return names.sort();
}

export function isAtLeast(world: WorldModel, asker: Asker, role: Role, repository: string): boolean {
  if (asker.kind === 'anonymous') return false;
  const namespace = repository.split('/')[0]!;
  if (asker.kind === 'robot') {
    const robot = world.robots[asker.index]!;
    const own: Role[] = robot.organization === namespace ? ['maintainer'] : [];
    const granted = world.grants.filter(({ repository: name, to }) => {
      return name === repository && 'robot' in to && to.robot === robot.name;
    });
    return [...own, ...granted.map((grant) => grant.role)].some((held) => strength[held] >= strength[role]);
  }
  const user = ownerOf(world, asker);
  if (world.users.find(({ name }) => name === user)!.isAdmin) return true;
  const ownNamespace: Role[] = namespace === user ? ['owner'] : [];
  const member = world.organizations.find(({ name }) => name === namespace)?.members[user];
  const granted = world.grants.filter(
    ({ repository: name, to }) => name === repository && reaches(world, to, user),
  );
  const roles = [...ownNamespace, ...(member ? [member] : []), ...granted.map((grant) => grant.role)];
  return roles.some((held) => strength[held] >= strength[role]);
}

function reaches(world: WorldModel, to: Grantee, user: string): boolean {
  if ('user' in to) return to.user === user;
  if ('robot' in to) return false;
  return world.teams.find(({ name }) => name === to.team)!.members.includes(user);
}

function isWithinLimits(world: WorldModel, asker: Asker, action: Action, repository: string): boolean {
  const limits = limitsOf(world, asker);
  if (!limits) return true;
  const isNamed = limits.repositories?.some((pattern) =>
    pattern.endsWith('/*') ? repository.startsWith(pattern.slice(0, -1)) : pattern === repository,
  );
  return limits.scopes.includes(scope[action]) && (isNamed ?? true);
}

export function limitsOf(world: WorldModel, asker: Asker): Limits | undefined {
  if (asker.kind === 'token') return world.tokens[asker.index];
  return asker.kind === 'robot' ? world.robots[asker.index] : undefined;
}

export function ownerOf(
  world: WorldModel,
  asker: { kind: 'user'; name: string } | { kind: 'token' | 'robot'; index: number },
): string {
  return asker.kind === 'user' ? asker.name : world.tokens[asker.index]!.owner;
}
