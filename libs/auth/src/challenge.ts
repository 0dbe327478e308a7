import { formatScope, type ResourceScope } from './scope.js';

export interface BearerChallenge {
  /** Absolute URL of the token service. */
  readonly realm: string;
  readonly service: string;
  /** What a token would have to grant; none for `GET /v2/`. */
  readonly scopes: readonly ResourceScope[];
  /** RFC 6750, section 3.1; left out when the request carried no token. */
  readonly error?: 'invalid_token' | 'insufficient_scope';
  readonly errorDescription?: string;
}

/**
 * A `WWW-Authenticate` value for the Docker registry token flow. Some clients look for the last "basic" or "bearer"
 * anywhere in the header, so keep both words out of realm, service and description.
 */
export function bearerChallenge(challenge: BearerChallenge): string {
  const parameters: [string, string][] = [
    ['realm', challenge.realm],
    ['service', challenge.service],
  ];
  if (challenge.scopes.length > 0) parameters.push(['scope', challenge.scopes.map(formatScope).join(' ')]);
  if (challenge.error) parameters.push(['error', challenge.error]);
  if (challenge.errorDescription) parameters.push(['error_description', challenge.errorDescription]);
  return `Bearer ${parameters.map(([name, value]) => `${name}=${quotedString(value)}`).join(',')}`;
}

/** RFC 7617, with the charset that Berth reads user names and passwords in. */
export function basicChallenge(realm: string): string {
  return `Basic realm=${quotedString(realm)}, charset="UTF-8"`;
}

/** A quoted-string (RFC 9110, section 5.6.4); what a header cannot carry becomes `?`. */
function quotedString(text: string): string {
  return `"${text.replace(/[^\x20-\x7e]/g, '?').replace(/["\\]/g, '\\$&')}"`;
}
