import type { Described } from './wanted-username.js';

/** Who somebody is by a provider's word. */
export interface ProvenIdentity extends Described {
  readonly issuer: string;
  /** Never given to another person at this issuer (OpenID Connect Core, 2). */
  readonly subject: string;
  readonly isEmailVerified: boolean;
  readonly groups: readonly string[];
}

const MOST_GROUPS = 1000;
const MAX_TEXT = 300;

/** Claims of an ID token and of the user info; what is of another type than it should be is not there. */
export function readClaims(
  claims: Readonly<Record<string, unknown>> & { readonly sub: string },
  issuer: string,
  groupsClaim: string,
): ProvenIdentity {
  return {
    issuer,
    subject: claims.sub,
    preferredUsername: textOf(claims.preferred_username),
    email: textOf(claims.email),
    name: textOf(claims.name),
    isEmailVerified: claims.email_verified === true,
    groups: groupsOf(claims[groupsClaim]),
  };
}

/** A list, or one name alone. No claim means no groups: what a provider has stopped to say does not hold on. */
function groupsOf(claim: unknown): string[] {
  const names = (Array.isArray(claim) ? claim : [claim]).map(textOf);
  return [...new Set(names.filter((name) => name !== undefined))].slice(0, MOST_GROUPS);
}

/** Postgres takes no NUL, and no name needs control characters. */
function textOf(claim: unknown): string | undefined {
  if (typeof claim !== 'string' || claim === '' || claim.length > MAX_TEXT) return undefined;
  return /\p{Cc}/u.test(claim) ? undefined : claim;
}
