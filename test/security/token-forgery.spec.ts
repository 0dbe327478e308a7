import { createHmac, createPublicKey, type JsonWebKey, randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { bearer } from '../support/authorization.js';
import { randomImage } from '../support/images.js';
import { type Credentials, RegistryClient } from '../support/registry-client.js';
import { World } from '../support/world.js';

type Json = Record<string, unknown>;

/** The same name for both installs, so that only their keys tell their tokens apart. */
const env = { BERTH_PUBLIC_URL: 'https://berth.example' };
const path = '/v2/alice/p/manifests/latest';

let app: TestApp;
let world: World;
let alice: Credentials;
let genuine: string;
let header: Json;
let claims: Json;
let publicKey: JWK;

beforeAll(async () => {
  app = await startApp({ env });
  world = await World.open(app.databaseUrl);
  alice = await world.user('alice');
  await new RegistryClient({ url: app.url, credentials: alice, scheme: 'basic' }).push(
    'alice/p',
    randomImage(),
    'latest',
  );
  genuine = (await bearer(app.url, ['repository:alice/p:pull'], alice)).slice('Bearer '.length);
  [header, claims] = genuine.split('.').slice(0, 2).map(decoded) as [Json, Json];
  const { body } = await supertest(app.url).get('/token/keys').expect(200);
  publicKey = body.keys.find(({ kid }: JWK) => kid === header.kid);
});
afterAll(async () => {
  await world.close();
  await app.close();
});

const encoded = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
const decoded = (part: string): Json => JSON.parse(Buffer.from(part, 'base64url').toString());

async function expectRefused(token: string): Promise<void> {
  const response = await supertest(app.url).get(path).set('Authorization', `Bearer ${token}`).expect(401);
  expect(response.headers['www-authenticate']).toContain('error="invalid_token"');
  expect(response.body.errors[0].code).toBe('UNAUTHORIZED');
}

it('a genuine token counts, or nothing here would show anything', async () => {
  await supertest(app.url).get(path).set('Authorization', `Bearer ${genuine}`).expect(200);
});

describe('embedded key trusted (Distribution CVE-2025-24976)', () => {
  const signedBy = async (
    more: (own: { publicJwk: JWK; url: string }) => Json,
    url = 'http://127.0.0.1:9/keys',
  ) => {
    const own = await generateKeyPair('ES256', { extractable: true });
    const protectedHeader = {
      ...header,
      ...more({ publicJwk: await exportJWK(own.publicKey), url }),
      alg: 'ES256',
    };
    return new SignJWT(claims as never).setProtectedHeader(protectedHeader).sign(own.privateKey);
  };

  it.each([
    ['own key in the jwk header, known kid', ({ publicJwk }: { publicJwk: JWK }) => ({ jwk: publicJwk })],
    [
      'own key in the jwk header, unknown kid',
      ({ publicJwk }: { publicJwk: JWK }) => ({ jwk: publicJwk, kid: randomUUID() }),
    ],
    [
      'own key in the jwk header, under the known kid',
      ({ publicJwk }: { publicJwk: JWK }) => ({ jwk: { ...publicJwk, kid: header.kid } }),
    ],
    ['the address of own keys', ({ url }: { url: string }) => ({ jku: url, x5u: url })],
    ['a certificate of its own', () => ({ x5c: ['MIIB'] })],
    ['no kid', () => ({ kid: undefined })],
    ['a kid that is a path', () => ({ kid: '../../../../dev/null' })],
    ['a kid that is SQL', () => ({ kid: "' OR '1'='1" })],
    ['a kid that is no text', () => ({ kid: { $ne: '' } })],
    ['known kid', () => ({})],
  ])('%s: 401', async (_what, more) => {
    await expectRefused(await signedBy(more as never));
  });
});

describe('algorithm confusion, blank key', () => {
  const hmac = (alg: 'HS256' | 'HS384' | 'HS512', key: string | Buffer) => {
    const input = `${encoded({ ...header, alg })}.${encoded(claims)}`;
    return `${input}.${createHmac(alg.replace('HS', 'sha'), key).update(input).digest('base64url')}`;
  };

  it.each(['none', 'None', 'NONE', ''])('alg %j: 401', async (alg) => {
    const unsigned = `${encoded({ ...header, alg })}.${encoded(claims)}.`;
    await expectRefused(unsigned);
    await expectRefused(`${unsigned}${genuine.split('.')[2]}`);
  });

  it('HS256 signed with the public key: 401', async () => {
    const key = createPublicKey({ key: publicKey as JsonWebKey, format: 'jwk' });
    const forms = [
      key.export({ type: 'spki', format: 'pem' }),
      key.export({ type: 'spki', format: 'der' }),
      JSON.stringify(publicKey),
      String(publicKey.x),
      Buffer.from(String(publicKey.x), 'base64url'),
    ];
    for (const form of forms) {
      for (const alg of ['HS256', 'HS384', 'HS512'] as const) await expectRefused(hmac(alg, form));
    }
  });

  it('HS256 with "": 401', async () => {
    await expectRefused(hmac('HS256', ''));
    await expectRefused(hmac('HS256', Buffer.alloc(32)));
  });

  it('a signature of nothing, of zeros, of another token, of changed claims: 401', async () => {
    const [head, body, signature] = genuine.split('.') as [string, string, string];
    const other = (await bearer(app.url, ['repository:alice/q:pull'], alice)).split('.')[2]!;
    const wider = encoded({
      ...claims,
      access: [{ type: 'repository', name: 'alice/p', actions: ['pull', 'push', 'delete'] }],
    });
    for (const token of [
      `${head}.${body}.`,
      `${head}.${body}.${Buffer.alloc(64).toString('base64url')}`,
      `${head}.${body}.${other}`,
      `${head}.${wider}.${signature}`,
      `${head}.${body}.${signature}.`,
      `${head}.${body}`,
      `${body}.${head}.${signature}`,
    ]) {
      await expectRefused(token);
    }
  });

  it('a critical extension that nobody knows: 401', async () => {
    await expectRefused(
      `${encoded({ ...header, crit: ['x'], x: 1 })}.${genuine.split('.').slice(1).join('.')}`,
    );
  });
});

describe('shipped signing key (Harbor)', () => {
  it('two fresh installs: different keys, and neither takes a token of the other', async () => {
    const other = await startApp({ env });
    try {
      const { body } = await supertest(other.url).get('/token/keys').expect(200);
      const { body: own } = await supertest(app.url).get('/token/keys').expect(200);
      const points = [...body.keys, ...own.keys].flatMap(({ kid, x, y }: JWK) => [kid, x, y]);
      expect(new Set(points).size).toBe(points.length);
      const foreign = (await bearer(other.url, ['repository:alice/p:pull'], other.admin)).slice(
        'Bearer '.length,
      );
      expect(decoded(foreign.split('.')[1]!).aud).toBe(claims.aud);
      await expectRefused(foreign);
      for (const key of [...body.keys, ...own.keys]) expect(Object.keys(key)).not.toContain('d');
    } finally {
      await other.close();
    }
  });
});
