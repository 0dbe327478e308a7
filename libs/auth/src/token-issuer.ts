import type { PublicKeys } from './registry-token.js';
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

/** Signs and verifies the registry tokens of one issuer. Remembers the tokens it verified last. */
export class TokenIssuer {
  constructor(private readonly options: TokenIssuerOptions) {}

  /** `expiresInSeconds` is `TOKEN_MAX_SECONDS` unless given. */
  issue(_claims: RegistryTokenClaims, _expiresInSeconds?: number): Promise<IssuedToken> {
    return Promise.reject(new Error(`not written yet for ${this.options.issuer}`));
  }

  /** Throws `InvalidToken`. */
  verify(_token: string): Promise<VerifiedTokenClaims> {
    return Promise.reject(new Error(`not written yet for ${this.options.issuer}`));
  }
}
