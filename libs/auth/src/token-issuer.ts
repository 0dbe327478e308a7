import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { InvalidToken } from './invalid-token.js';
import { type PublicKeys, signToken, TOKEN_MAX_SECONDS, verifyToken } from './registry-token.js';
import type { SigningKey } from './signing-key.js';
import type { RegistryTokenClaims, VerifiedTokenClaims } from './token-claims.js';

export interface SigningKeys {
  /** The key to sign with now. */
  current(): SigningKey | Promise<SigningKey>;
  /** Also the keys of before, as long as tokens signed with them live. */
  publicKey: PublicKeys;
}

export interface TokenIssuerOptions {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: SigningKeys;
  readonly now?: () => Date;
}

export interface IssuedToken {
  readonly token: string;
  readonly issuedAt: Date;
  readonly expiresInSeconds: number;
}

const REMEMBERED_TOKENS = 1000;
const REMEMBERED_LENGTH = 8 * 1024 * 1024;
/** Longer ones are not verified: no request that a registry takes would hold them beside its other headers. */
export const TOKEN_MAX_LENGTH = 48 * 1024;

/**
 * Signs and verifies the registry tokens of one issuer. A verified token is remembered under its SHA-256 until it
 * expires, since clients send the same one with each request; what its bearer may do is decided anew each time.
 */
export class TokenIssuer {
  private readonly verified = new LRUCache<string, VerifiedTokenClaims>({
    max: REMEMBERED_TOKENS,
    maxSize: REMEMBERED_LENGTH,
  });

  constructor(private readonly options: TokenIssuerOptions) {}

  /** `expiresInSeconds` is `TOKEN_MAX_SECONDS` unless given. */
  async issue(claims: RegistryTokenClaims, expiresInSeconds = TOKEN_MAX_SECONDS): Promise<IssuedToken> {
    const { issuer, audience, keys } = this.options;
    const key = await keys.current();
    const now = this.now();
    const token = await signToken(key, claims, { issuer, audience, expiresInSeconds, now });
    return { token, issuedAt: now, expiresInSeconds };
  }

  /** Throws `InvalidToken`. */
  async verify(token: string): Promise<VerifiedTokenClaims> {
    if (token.length > TOKEN_MAX_LENGTH) throw new InvalidToken('malformed');
    const key = hash('sha256', token, 'base64');
    const remembered = this.verified.get(key);
    const now = this.now();
    if (remembered && now.getTime() < remembered.exp * 1000) return remembered;
    const { issuer, audience, keys } = this.options;
    const claims = await verifyToken(token, keys.publicKey, { issuer, audience, now });
    this.verified.set(key, claims, { size: token.length });
    return claims;
  }

  private now(): Date {
    return this.options.now?.() ?? new Date();
  }
}
