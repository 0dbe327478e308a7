import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SigningKeys } from '../../apps/registry-api/src/token/signing-keys.service.js';
import { startApp, type TestApp } from '../support/app.js';

describe('signing keys', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp();
  });

  afterAll(async () => {
    await app.close();
  });

  it('rotate without ending the tokens that live', async () => {
    const before = await tokenOf(app);
    await app.nest.get(SigningKeys).rotate(0);
    const after = await tokenOf(app);
    expect(kidOf(after)).not.toBe(kidOf(before));
    for (const token of [before, after]) {
      await request(app.url).get('/v2/').auth(token, { type: 'bearer' }).expect(200);
    }
  });

  it('publishes every key that may have signed a living token, and no private part', async () => {
    const { body } = await request(app.url).get('/token/keys').expect(200);
    const kids = body.keys.map((key: { kid: string }) => key.kid);
    expect(kids).toContain(kidOf(await tokenOf(app)));
    expect(new Set(kids).size).toBeGreaterThanOrEqual(2);
    for (const key of body.keys) expect(key).not.toHaveProperty('d');
  });

  it('makes one key for those who rotate at once', async () => {
    const keys = app.nest.get(SigningKeys);
    const before = keys.publicKeys().length;
    await keys.rotate(0);
    await Promise.all(Array.from({ length: 5 }, () => keys.rotate(3600)));
    expect(keys.publicKeys().length).toBe(before + 1);
  });
});

async function tokenOf(app: TestApp): Promise<string> {
  const { username, password } = app.admin;
  const { body } = await request(app.url).get('/token').auth(username, password).expect(200);
  return body.token;
}

function kidOf(token: string): string {
  return JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()).kid;
}
