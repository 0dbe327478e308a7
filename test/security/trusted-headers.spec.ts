import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { basic } from '../support/authorization.js';
import type { Credentials } from '../support/registry-client.js';
import { World } from '../support/world.js';

/** What proxies say about their clients, and anybody can say. */
const forged = {
  'X-Forwarded-For': '203.0.113.9',
  'X-Forwarded-Host': 'evil.example',
  'X-Forwarded-Proto': 'https',
  'X-Forwarded-Port': '443',
  'X-Real-IP': '203.0.113.9',
  Forwarded: 'for=203.0.113.9;host=evil.example;proto=https',
  'X-WEBAUTH-USER': 'admin',
  'X-Remote-User': 'admin',
  'X-Forwarded-User': 'admin',
  'X-Berth-Client-Address': '203.0.113.9',
  'X-Berth-Internal': 'a guess that is thirty-two characters',
};

describe('trusted headers', () => {
  let app: TestApp;
  let world: World;
  let admin: Api;
  let alice: Credentials;

  beforeAll(async () => {
    app = await startApp({ env: { BERTH_INTERNAL_SECRET: 'the real secret of thirty-two characters' } });
    world = await World.open(app.databaseUrl);
    admin = apiOf(app, await world.accessToken('admin'));
    alice = await world.user('alice');
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  const signInFrom = (url: string, headers: Record<string, string>, given: Credentials = alice) =>
    supertest(url).post('/api/v1/sessions').set(headers).send(given);
  const lastAddress = async (api: Api): Promise<string> => {
    const { body } = await api.get('/admin/audit?actor=alice&limit=1').expect(200);
    return body.items[0].address;
  };

  it('from an untrusted peer make nobody admin', async () => {
    await supertest(app.url).get('/api/v1/me').set(forged).expect(401);
    await supertest(app.url).get('/v2/').set(forged).expect(401);
    const { body } = await supertest(app.url)
      .get('/api/v1/me')
      .set(forged)
      .set('Authorization', basic(alice))
      .expect(200);
    expect(body).toMatchObject({ username: 'alice', isAdmin: false });
  });

  it('from an untrusted peer change neither address, cookie, realm nor link', async () => {
    const response = await signInFrom(app.url, forged).expect(201);
    expect(await lastAddress(admin)).toBe('127.0.0.1');
    expect(String(response.headers['set-cookie'])).toMatch(/^berth_session=(?!.*Secure)/);
    const challenge = await supertest(app.url).get('/v2/').set(forged).expect(401);
    expect(challenge.headers['www-authenticate']).toContain(`realm="http://${app.host}/token"`);
    const link = await admin.post('/admin/users/alice/password-resets').set(forged).expect(201);
    expect(link.body.url).toMatch(`http://${app.host}/`);
  });

  it('from an untrusted peer get nobody around the limit on guessing', async () => {
    const bob = await world.user('bob');
    const guess = (n: number) =>
      signInFrom(
        app.url,
        { ...forged, 'X-Forwarded-For': `203.0.113.${n}`, 'X-Berth-Client-Address': `203.0.113.${n}` },
        { ...bob, password: 'a wrong guess' },
      );
    for (let n = 0; n < 10; n++) await guess(n).expect(401);
    await guess(11).expect(429);
  });

  it('count from a peer that was named, as far as its own hop', async () => {
    const behind = await startApp({
      env: { BERTH_DATABASE_URL: app.databaseUrl, BERTH_TRUSTED_PROXIES: '127.0.0.0/8' },
    });
    try {
      await signInFrom(behind.url, { 'X-Forwarded-For': '198.51.100.1, 203.0.113.9' }).expect(201);
      expect(await lastAddress(admin)).toBe('203.0.113.9');
    } finally {
      await behind.close();
    }
  });
});
