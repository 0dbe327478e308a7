import type { ResourceScope } from './scope.js';

/** With which credential a token was got. */
export interface TokenCredential {
  readonly kind: 'anonymous' | 'user' | 'access_token' | 'robot';
  /** Of the user, access token or robot; none for anonymous. */
  readonly id?: string;
  /** Raised when the credential changes, so that older tokens no longer count. */
  readonly version?: number;
}

/** What the caller puts into a registry token; the registered claims are added when it is signed. */
export interface RegistryTokenClaims {
  /** The user name; empty for anonymous, as the registry token specification has it. */
  readonly sub: string;
  /** What was granted (registry token specification, "access"). */
  readonly access: readonly ResourceScope[];
  /** Berth's own. */
  readonly berth: {
    readonly credential: TokenCredential;
    /** Repository name, as in `access`, to the id it had at that time; no entry when the name was absent. */
    readonly repositories: Readonly<Record<string, string>>;
  };
}

/** The claims of a token whose signature, audience and times were checked. Times are seconds since 1970. */
export interface VerifiedTokenClaims extends RegistryTokenClaims {
  readonly iss: string;
  readonly aud: string;
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
  readonly jti: string;
}

const CREDENTIAL_KINDS: ReadonlySet<unknown> = new Set(['anonymous', 'user', 'access_token', 'robot']);

/**
 * The claims in a payload whose signature holds, or undefined when they are of another form, as another version of
 * Berth may have signed them. `repositories` has no prototype, so that no name finds what nobody put there.
 */
export function readClaims(payload: Readonly<Record<string, unknown>>): VerifiedTokenClaims | undefined {
  const { iss, aud, sub, iat, nbf, exp, jti, access, berth } = payload;
  if (!isText(iss) || !isText(aud) || !isText(sub) || !isText(jti)) return undefined;
  if (!isNumber(iat) || !isNumber(nbf) || !isNumber(exp)) return undefined;
  if (!Array.isArray(access) || !access.every(isResourceScope) || !isBerthClaim(berth)) return undefined;
  const { credential } = berth;
  const repositories = Object.assign(Object.create(null), berth.repositories);
  return { iss, aud, sub, iat, nbf, exp, jti, access, berth: { credential, repositories } };
}

function isResourceScope(value: unknown): value is ResourceScope {
  if (!isRecord(value) || !isText(value.type) || !isText(value.name)) return false;
  return Array.isArray(value.actions) && value.actions.every(isText);
}

function isBerthClaim(value: unknown): value is RegistryTokenClaims['berth'] {
  if (!isRecord(value) || !isRecord(value.credential) || !isRecord(value.repositories)) return false;
  const { kind, id, version } = value.credential;
  if (!CREDENTIAL_KINDS.has(kind) || !Object.values(value.repositories).every(isText)) return false;
  return (id === undefined || isText(id)) && (version === undefined || isNumber(version));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}
