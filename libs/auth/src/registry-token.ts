import { randomUUID } from 'node:crypto';
import { errors, type JWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { InvalidToken, type InvalidTokenReason } from './invalid-token.js';
import { SIGNING_ALGORITHM, type SigningKey } from './signing-key.js';
import { type RegistryTokenClaims, readClaims, type VerifiedTokenClaims } from './token-claims.js';

/** Registry tokens are short-lived; the design allows five minutes. */
export const TOKEN_MAX_SECONDS = 300;
const DEFAULT_CLOCK_TOLERANCE_SECONDS = 60;

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
export async function signToken(
  key: SigningKey,
  claims: RegistryTokenClaims,
  { issuer, audience, expiresInSeconds, now }: SignTokenOptions,
): Promise<string> {
  if (!(expiresInSeconds > 0 && expiresInSeconds <= TOKEN_MAX_SECONDS)) {
    throw new RangeError(`a registry token lives 1 to ${TOKEN_MAX_SECONDS} seconds, not ${expiresInSeconds}`);
  }
  const issuedAt = Math.floor(now.getTime() / 1000);
  return new SignJWT({ access: claims.access, berth: claims.berth })
    .setProtectedHeader({ alg: SIGNING_ALGORITHM, typ: 'JWT', kid: key.kid })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(claims.sub)
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt)
    .setExpirationTime(issuedAt + expiresInSeconds)
    .setJti(randomUUID())
    .sign(key.privateJwk);
}

/**
 * The claims of a token that this registry signed for this audience and that counts now. The key is chosen by `kid`
 * alone; keys or addresses of keys inside the token are never looked at. Throws `InvalidToken`.
 */
export async function verifyToken(
  token: string,
  keys: PublicKeys,
  { issuer, audience, now, clockToleranceSeconds = DEFAULT_CLOCK_TOLERANCE_SECONDS }: VerifyTokenOptions,
): Promise<VerifiedTokenClaims> {
  const payload = await verifiedPayload(() =>
    jwtVerify(token, (header) => keyOf(header.kid, keys), {
      algorithms: [SIGNING_ALGORITHM],
      issuer,
      audience,
      currentDate: now,
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ['sub', 'iat', 'nbf', 'exp', 'jti'],
    }),
  );
  const claims = readClaims(payload);
  if (!claims) throw new InvalidToken('malformed');
  return claims;
}

async function keyOf(kid: unknown, keys: PublicKeys): Promise<JWK> {
  const key = typeof kid === 'string' ? await keys(kid) : undefined;
  if (!key) throw new InvalidToken('unknown_key');
  return key;
}

async function verifiedPayload(verify: () => Promise<{ payload: JWTPayload }>): Promise<JWTPayload> {
  try {
    return (await verify()).payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) throw new InvalidToken(reasonOf(error), { cause: error });
    throw error;
  }
}

function reasonOf(error: errors.JOSEError): InvalidTokenReason {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'algorithm';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature';
  if (!(error instanceof errors.JWTClaimValidationFailed)) return 'malformed';
  if (error.claim === 'iss') return 'issuer';
  if (error.claim === 'aud') return 'audience';
  return error.claim === 'nbf' && error.reason === 'check_failed' ? 'not_yet_valid' : 'malformed';
}
