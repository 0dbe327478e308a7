import type { JWK } from 'jose';
import { CredentialsRefused } from './credentials-refused.js';
import type { SigningKey } from './signing-key.js';
import type { RegistryTokenClaims, VerifiedTokenClaims } from './token-claims.js';

/** Registry tokens are short, since a replica may believe one until it expires. */
export const TOKEN_MAX_SECONDS = 300;

export type InvalidTokenReason =
  | 'malformed'
  | 'algorithm'
  | 'unknown_key'
  | 'signature'
  | 'issuer'
  | 'audience'
  | 'expired'
  | 'not_yet_valid';

export class InvalidToken extends CredentialsRefused {
  constructor(
    override readonly reason: InvalidTokenReason,
    options?: ErrorOptions,
  ) {
    super(reason, `the token is not valid (${reason})`, options);
  }
}

export interface SignTokenOptions {
  readonly issuer: string;
  /** The `service`: host[:port] of the public URL. */
  readonly audience: string;
  /** At most `TOKEN_MAX_SECONDS`. */
  readonly expiresInSeconds: number;
  readonly now: Date;
}

export interface VerifyTokenOptions {
  readonly issuer: string;
  readonly audience: string;
  readonly now: Date;
  /** How far the clocks of two replicas may differ; 60 by default. */
  readonly clockToleranceSeconds?: number;
}

/** The public key of a `kid`, or undefined when there is none (any more). */
export type PublicKeys = (kid: string) => JWK | undefined | Promise<JWK | undefined>;

/** A JWT signed with ES256. Throws `RangeError` for a lifetime beyond `TOKEN_MAX_SECONDS`. */
export function signToken(
  _key: SigningKey,
  _claims: RegistryTokenClaims,
  _options: SignTokenOptions,
): Promise<string> {
  return Promise.reject(new Error('not written yet'));
}

/**
 * The claims of a token that this registry signed for this audience and that counts now. The key is chosen by `kid`
 * alone; keys or addresses of keys inside the token are never looked at. Throws `InvalidToken`.
 */
export function verifyToken(
  _token: string,
  _keys: PublicKeys,
  _options: VerifyTokenOptions,
): Promise<VerifiedTokenClaims> {
  return Promise.reject(new Error('not written yet'));
}
