import { createHmac, createPublicKey, randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { InvalidToken, type InvalidTokenReason } from './invalid-token.js';
import { type PublicKeys, signToken, verifyToken } from './registry-token.js';
import { generateSigningKey, type SigningKey } from './signing-key.js';
import type { RegistryTokenClaims } from './token-claims.js';

const NOW = new Date('2026-11-23T12:00:00.700Z');
const issuer = 'https://registry.example.org';
const audience = 'registry.example.org';
const signing = { issuer, audience, expiresInSeconds: 300, now: NOW };
const verifying = { issuer, audience, now: NOW };
const claims: RegistryTokenClaims = {
  sub: 'alice',
  access: [{ type: 'repository', name: 'alice/app', actions: ['pull', 'push'] }],
  berth: {
    credential: { kind: 'access_token', id: 'c0ffee', version: 3 },
    repositories: { 'alice/app': '7' },
  },
};

let key: SigningKey;
let other: SigningKey;
let keys: PublicKeys;
beforeAll(async () => {
  [key, other] = await Promise.all([generateSigningKey(), generateSigningKey()]);
  keys = (kid) => (kid === key.kid ? key.publicJwk : undefined);
});

const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

async function refusal(token: string, options = verifying): Promise<InvalidTokenReason> {
  const error = await verifyToken(token, keys, options).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof InvalidToken) return error.reason;
  throw new Error('the token was not refused with InvalidToken', { cause: error });
}

/** A token with the right claims whose header, payload or key the attacker chose. */
async function forged(
  header: Partial<JWTHeaderParameters>,
  { payload = {}, signedWith = key }: { payload?: object; signedWith?: SigningKey } = {},
): Promise<string> {
  const iat = Math.floor(NOW.getTime() / 1000);
  const registered = { iss: issuer, aud: audience, sub: 'alice', iat, nbf: iat, exp: iat + 300, jti: 'x' };
  return new SignJWT({ ...registered, access: claims.access, berth: claims.berth, ...payload })
    .setProtectedHeader({ alg: 'ES256', kid: key.kid, ...header })
    .sign(signedWith.privateJwk);
}

describe('signToken and verifyToken', () => {
  it('give the claims back, with the registered ones', async () => {
    const token = await signToken(key, claims, signing);
    const iat = Math.floor(NOW.getTime() / 1000);
    const verified = await verifyToken(token, keys, verifying);
    expect(verified).toEqual({
      ...claims,
      berth: { ...claims.berth, repositories: expect.objectContaining({ 'alice/app': '7' }) },
      iss: issuer,
      aud: audience,
      iat,
      nbf: iat,
      exp: iat + 300,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())).toEqual({
      alg: 'ES256',
      typ: 'JWT',
      kid: key.kid,
    });
  });

  it('give every token an id of its own', async () => {
    const tokens = await Promise.all([signToken(key, claims, signing), signToken(key, claims, signing)]);
    const [one, two] = await Promise.all(tokens.map((token) => verifyToken(token, keys, verifying)));
    expect(one?.jti).not.toBe(two?.jti);
  });

  it('find no repository that nobody put into the claim', async () => {
    const token = await signToken(key, claims, signing);
    const { repositories } = (await verifyToken(token, keys, verifying)).berth;
    expect(repositories.constructor).toBeUndefined();
    expect(repositories['alice/app']).toBe('7');
  });

  it('work for anonymous', async () => {
    const anonymous: RegistryTokenClaims = {
      sub: '',
      access: [],
      berth: { credential: { kind: 'anonymous' }, repositories: {} },
    };
    const token = await signToken(key, anonymous, signing);
    expect(await verifyToken(token, keys, verifying)).toMatchObject({ sub: '', access: [] });
  });

  it.each([0, -1, 301, Number.NaN])('refuse to sign for %s seconds', async (expiresInSeconds) => {
    await expect(signToken(key, claims, { ...signing, expiresInSeconds })).rejects.toThrow(RangeError);
  });

  it('allow for clocks that differ by less than a minute', async () => {
    const token = await signToken(key, claims, signing);
    await expect(verifyToken(token, keys, { ...verifying, now: later(355) })).resolves.toBeDefined();
    await expect(verifyToken(token, keys, { ...verifying, now: later(-55) })).resolves.toBeDefined();
    expect(await refusal(token, { ...verifying, now: later(365) })).toBe('expired');
    expect(await refusal(token, { ...verifying, now: later(-65) })).toBe('not_yet_valid');
  });

  it('hold the clock tolerance they were given', async () => {
    const token = await signToken(key, claims, signing);
    const error = verifyToken(token, keys, { ...verifying, now: later(301), clockToleranceSeconds: 0 });
    await expect(error).rejects.toMatchObject({ reason: 'expired', message: 'the token has expired' });
  });
});

describe('a token is refused', () => {
  it('for another audience or from another issuer', async () => {
    expect(await refusal(await signToken(key, claims, { ...signing, audience: 'other' }))).toBe('audience');
    expect(await refusal(await signToken(key, claims, { ...signing, issuer: 'other' }))).toBe('issuer');
  });

  it('under a kid that is not known, or without one', async () => {
    expect(await refusal(await signToken(other, claims, signing))).toBe('unknown_key');
    expect(await refusal(await forged({ kid: undefined }))).toBe('unknown_key');
    expect(await refusal(await forged({ kid: '' }))).toBe('unknown_key');
  });

  it('when another key signed it under a known kid', async () => {
    expect(await refusal(await forged({}, { signedWith: other }))).toBe('signature');
  });

  it('when it brings its own key: jwk, jku, x5u and x5c are not looked at', async () => {
    const own = {
      jwk: other.publicJwk,
      jku: 'https://evil.example/keys',
      x5u: 'https://evil.example',
      x5c: ['AAAA'],
    };
    expect(await refusal(await forged({ ...own, kid: key.kid }, { signedWith: other }))).toBe('signature');
    expect(await refusal(await forged({ ...own, kid: other.kid }, { signedWith: other }))).toBe(
      'unknown_key',
    );
    expect(await refusal(await forged({ ...own, kid: undefined }, { signedWith: other }))).toBe(
      'unknown_key',
    );
  });

  it('with a valid signature it is taken whatever else its header says', async () => {
    const token = await forged({ jwk: other.publicJwk, jku: 'https://evil.example/keys' });
    await expect(verifyToken(token, keys, verifying)).resolves.toMatchObject({ sub: 'alice' });
  });

  it('unsigned: alg none', async () => {
    const [, payload] = (await signToken(key, claims, signing)).split('.');
    for (const alg of ['none', 'None', 'NONE']) {
      expect(await refusal(`${encoded({ alg, kid: key.kid })}.${payload}.`)).toBe('algorithm');
    }
  });

  it('signed with HS256 by the public key, or by an empty one', async () => {
    const [, payload] = (await signToken(key, claims, signing)).split('.');
    const pem = createPublicKey({ key: { ...key.publicJwk }, format: 'jwk' }).export({
      type: 'spki',
      format: 'pem',
    });
    for (const secret of [pem, JSON.stringify(key.publicJwk), '']) {
      const signed = `${encoded({ alg: 'HS256', kid: key.kid })}.${payload}`;
      const signature = createHmac('sha256', secret).update(signed).digest('base64url');
      expect(await refusal(`${signed}.${signature}`)).toBe('algorithm');
    }
  });

  it('signed with another asymmetric algorithm', async () => {
    const pair = await generateKeyPair('EdDSA', { extractable: true });
    const signedWith = { kid: key.kid, privateJwk: await exportJWK(pair.privateKey), publicJwk: {} };
    expect(await refusal(await forged({ alg: 'EdDSA' }, { signedWith }))).toBe('algorithm');
  });

  it('with an empty, an all-zero or a changed signature', async () => {
    const [header, payload, signature = ''] = (await signToken(key, claims, signing)).split('.');
    const bytes = Buffer.from(signature, 'base64url');
    bytes.writeUInt8(bytes.readUInt8(10) ^ 1, 10);
    for (const wrong of [Buffer.alloc(0), Buffer.alloc(64), bytes, bytes.subarray(0, 63)]) {
      expect(await refusal(`${header}.${payload}.${wrong.toString('base64url')}`)).toBe('signature');
    }
  });

  it('with a changed payload', async () => {
    const [header, payload = '', signature] = (await signToken(key, claims, signing)).split('.');
    const changed = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), sub: 'admin' };
    expect(await refusal(`${header}.${encoded(changed)}.${signature}`)).toBe('signature');
  });

  it.each(['', 'x', 'a.b', 'a.b.c', '..', 'a.b.c.d.e', `${'a'.repeat(100_000)}.b.c`])(
    'that is none',
    async (token) => {
      expect(await refusal(token)).toBe('malformed');
    },
  );

  it('with random bytes for its parts', async () => {
    for (let i = 0; i < 50; i++) {
      const parts = [1, 2, 3].map(() => randomBytes(40).toString('base64url'));
      expect(await refusal(parts.join('.'))).toBe('malformed');
    }
  });

  it('with a critical header that nobody understands', async () => {
    const [, payload, signature] = (await signToken(key, claims, signing)).split('.');
    const header = encoded({ alg: 'ES256', kid: key.kid, crit: ['x'], x: 1 });
    expect(await refusal(`${header}.${payload}.${signature}`)).toBe('malformed');
  });

  it.each([
    [{ berth: undefined }],
    [{ access: undefined }],
    [{ access: [{ type: 'repository', name: 'a' }] }],
    [{ access: 'all' }],
    [{ sub: undefined }],
    [{ exp: undefined }],
    [{ nbf: undefined }],
    [{ jti: 7 }],
    [{ berth: { credential: { kind: 'root' }, repositories: {} } }],
    [{ berth: { credential: { kind: 'user', id: 7 }, repositories: {} } }],
    [{ berth: { credential: { kind: 'user', id: 'a' }, repositories: { a: 7 } } }],
    [{ berth: { credential: { kind: 'user', id: 'a' } } }],
  ])('with the right signature under claims of another form: %j', async (payload) => {
    expect(await refusal(await forged({}, { payload }))).toBe('malformed');
  });
});

describe('generateSigningKey', () => {
  it('makes a public half that says nothing of the private one', () => {
    expect(key.publicJwk).toMatchObject({ kty: 'EC', crv: 'P-256', kid: key.kid, alg: 'ES256', use: 'sig' });
    expect(key.publicJwk).not.toHaveProperty('d');
    expect(key.privateJwk).toHaveProperty('d');
    expect(key.kid).not.toBe(other.kid);
    expect(key.publicJwk.x).not.toBe(other.publicJwk.x);
  });
});
