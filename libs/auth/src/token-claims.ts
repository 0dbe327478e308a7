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
