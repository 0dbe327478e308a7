import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

export const SIGNING_ALGORITHM = 'ES256';

/** A P-256 key pair as it is kept in Postgres. Tokens name it by `kid`. */
export interface SigningKey {
  readonly kid: string;
  readonly privateJwk: JWK;
  /** With `kid`, `alg` and `use`: fit for the key list at `/token/keys`. */
  readonly publicJwk: JWK;
}

export async function generateSigningKey(): Promise<SigningKey> {
  const pair = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
  const kid = randomUUID();
  const named = { kid, alg: SIGNING_ALGORITHM, use: 'sig' };
  return {
    kid,
    privateJwk: { ...(await exportJWK(pair.privateKey)), ...named },
    publicJwk: { ...(await exportJWK(pair.publicKey)), ...named },
  };
}
