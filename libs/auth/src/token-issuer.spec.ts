import { beforeEach, describe, expect, it } from 'vitest';
import { generateSigningKey, type SigningKey } from './signing-key.js';
import type { RegistryTokenClaims } from './token-claims.js';
import { TokenIssuer } from './token-issuer.js';

const START = new Date('2026-11-23T12:00:00Z');
const claims: RegistryTokenClaims = {
  sub: 'alice',
  access: [],
  berth: { credential: { kind: 'user', id: '1' }, repositories: {} },
};

let known: SigningKey[];
let lookedUp: string[];
let now: Date;

function issuer(audience = 'registry.example.org'): TokenIssuer {
  return new TokenIssuer({
    issuer: 'https://registry.example.org',
    audience,
    now: () => now,
    keys: {
      current: () => known.at(-1) as SigningKey,
      publicKey: async (kid) => {
        lookedUp.push(kid);
        return known.find((key) => key.kid === kid)?.publicJwk;
      },
    },
  });
}

const passSeconds = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1000);
};

beforeEach(async () => {
  known = [await generateSigningKey()];
  lookedUp = [];
  now = START;
});

describe('TokenIssuer', () => {
  it('issues for five minutes unless told otherwise, and verifies what it issued', async () => {
    const registry = issuer();
    const issued = await registry.issue(claims);
    expect(issued).toMatchObject({ issuedAt: START, expiresInSeconds: 300 });
    const verified = await registry.verify(issued.token);
    expect(verified.exp - verified.iat).toBe(300);
    expect((await registry.issue(claims, 60)).expiresInSeconds).toBe(60);
  });

  it('verifies a token once and then remembers it', async () => {
    const registry = issuer();
    const { token } = await registry.issue(claims);
    const first = await registry.verify(token);
    expect(await registry.verify(token)).toBe(first);
    expect(lookedUp).toHaveLength(1);
  });

  it('forgets a token when it expires', async () => {
    const registry = issuer();
    const { token } = await registry.issue(claims, 60);
    await registry.verify(token);
    passSeconds(121);
    await expect(registry.verify(token)).rejects.toMatchObject({ reason: 'expired' });
  });

  it('remembers nothing that it refused', async () => {
    const registry = issuer();
    const { token } = await issuer('other').issue(claims);
    await expect(registry.verify(token)).rejects.toMatchObject({ reason: 'audience' });
    await expect(registry.verify(token)).rejects.toMatchObject({ reason: 'audience' });
    expect(lookedUp).toHaveLength(2);
  });

  it('signs with the new key after a rotation, and still takes tokens of the old one', async () => {
    const registry = issuer();
    const before = await registry.issue(claims);
    known.push(await generateSigningKey());
    const after = await registry.issue(claims);
    await registry.verify(before.token);
    await registry.verify(after.token);
    expect(lookedUp).toEqual(known.map((key) => key.kid));
  });

  it('takes the tokens of another process with the same keys', async () => {
    const { token } = await issuer().issue(claims);
    await expect(issuer().verify(token)).resolves.toMatchObject({ sub: 'alice' });
  });

  it('does not look at a token that no header could hold', async () => {
    await expect(issuer().verify('a'.repeat(20_000))).rejects.toMatchObject({ reason: 'malformed' });
    expect(lookedUp).toHaveLength(0);
  });
});
