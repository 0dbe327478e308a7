import type { AccessRow } from './access-sql.js';

/** Roles in a namespace or on a repository, weakest first. */
export const roles = ['reader', 'writer', 'maintainer', 'owner'] as const;
export type Role = (typeof roles)[number];

export type Principal =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'user'; readonly id: string; readonly username: string; readonly isAdmin: boolean }
  | { readonly kind: 'robot'; readonly id: string; readonly username: string }
  | { readonly kind: 'operator' };

/** Why a credential does not count now; `unknown` also for what was deleted. */
export type CredentialProblem = 'unknown' | 'expired' | 'revoked' | 'disabled';

/** What the database knows now about one principal and one repository name. SQL states it, `policy.ts` decides. */
export interface AccessFacts {
  readonly principal: Principal;
  readonly credentialProblem?: CredentialProblem;
  /** What the credential allows at most; undefined = everything its owner may. */
  readonly scopes?: readonly string[];
  /** Whether the credential's limit to repositories, if any, covers this name. */
  readonly isWithinLimits: boolean;
  readonly repository?: { readonly id: string; readonly isPublic: boolean };
  readonly namespace?: {
    readonly id: string;
    readonly kind: 'user' | 'organization' | 'instance';
    readonly isDeleted: boolean;
  };
  /** The strongest of the roles in the namespace and of the grants on the repository. */
  readonly role?: Role;
  /** Short text that names the credential in histories: `password`, `access token ci (3)`. */
  readonly credentialName: string;
  readonly credentialId?: string;
  readonly credentialsVersion?: number;
}

export function toAccessFacts(row: AccessRow): AccessFacts {
  return {
    principal: toPrincipal(row),
    credentialProblem: row.credential_problem ?? undefined,
    scopes: row.scopes ?? undefined,
    isWithinLimits: row.is_within_limits,
    repository:
      row.repository_id === null
        ? undefined
        : { id: row.repository_id, isPublic: row.visibility === 'public' },
    namespace:
      row.namespace_id === null || row.namespace_kind === null
        ? undefined
        : { id: row.namespace_id, kind: row.namespace_kind, isDeleted: row.is_namespace_deleted },
    role: row.role ?? undefined,
    credentialName: credentialName(row),
    credentialId: row.resolved_credential_id ?? undefined,
    credentialsVersion: row.credentials_version ?? undefined,
  };
}

export function toPrincipal(
  row: Pick<
    AccessRow,
    'credential_kind' | 'user_id' | 'username' | 'is_admin' | 'robot_id' | 'robot_username'
  >,
): Principal {
  if (row.user_id !== null && row.username !== null) {
    return { kind: 'user', id: row.user_id, username: row.username, isAdmin: row.is_admin };
  }
  if (row.robot_id !== null && row.robot_username !== null) {
    return { kind: 'robot', id: row.robot_id, username: row.robot_username };
  }
  return row.credential_kind === 'operator' ? { kind: 'operator' } : { kind: 'anonymous' };
}

function credentialName(row: Pick<AccessRow, 'credential_kind' | 'access_token_name'>): string {
  switch (row.credential_kind) {
    case 'access_token':
      return `access token ${row.access_token_name ?? ''}`.trim();
    case 'user':
      return 'password';
    case 'operator':
      return 'this machine';
    default:
      return row.credential_kind;
  }
}

/** One text for a principal, kept with uploads and histories. */
export function principalKey(principal: Principal): string {
  return 'id' in principal ? `${principal.kind}:${principal.id}` : principal.kind;
}

export function principalName(principal: Principal): string {
  if (principal.kind === 'operator') return 'berth cli';
  return principal.kind === 'anonymous' ? 'anonymous' : principal.username;
}

/** Who may do everything, as far as the credential in use goes. */
export function isInstanceAdmin(principal: Principal): boolean {
  return principal.kind === 'operator' || (principal.kind === 'user' && principal.isAdmin);
}
