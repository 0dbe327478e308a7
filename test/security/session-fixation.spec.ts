import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { browserWith, cookieOf, signIn } from '../support/browser.js';
import type { Credentials } from '../support/registry-client.js';
import { World } from '../support/world.js';

describe('session fixation', () => {
  let app: TestApp;
  let alice: Credentials;
  let mallory: Credentials;

  beforeAll(async () => {
    app = await startApp();
    const world = await World.open(app.databaseUrl);
    [alice, mallory] = [await world.user('alice'), await world.user('mallory')];
    await world.close();
  });
  afterAll(() => app.close());

  const signInWith = (cookie: string) =>
    supertest(app.url).post('/api/v1/sessions').set('Cookie', cookie).send(alice).expect(201);

  it('a cookie that was planted before the sign-in is not the one after it', async () => {
    const planted = `berth_session=${'A'.repeat(43)}`;
    const given = cookieOf(await signInWith(planted));
    expect(given).not.toBe(planted);
    await browserWith(app, given).get('/me').expect(200);
    await browserWith(app, planted).get('/me').expect(401);
  });

  it("an attacker's own session does not become the victim's, and ends", async () => {
    const attacker = await signIn(app, mallory);
    const given = cookieOf(await signInWith(attacker.cookie));
    expect(given).not.toBe(attacker.cookie);
    const { body } = await browserWith(app, given).get('/me').expect(200);
    expect(body.username).toBe('alice');
    await attacker.get('/me').expect(401);
  });

  it('two cookies of the name are not chosen between', async () => {
    const { cookie } = await signIn(app, alice);
    await browserWith(app, `${cookie}; berth_session=planted`).get('/me').expect(401);
  });

  it('logout ends the session on the server', async () => {
    const browser = await signIn(app, alice);
    await browser.delete('/sessions/current').expect(204);
    await browser.get('/me').expect(401);
    await browser.get('/repositories').expect(401);
  });

  it('under HTTPS the cookie is bound to this host and sent over nothing else', async () => {
    const secure = await startApp({ env: { BERTH_PUBLIC_URL: 'https://berth.example' } });
    try {
      const response = await supertest(secure.url).post('/api/v1/sessions').send(secure.admin).expect(201);
      const [cookie = ''] = response.headers['set-cookie'] as unknown as string[];
      expect(cookie).toMatch(/^__Host-berth_session=/);
      expect(cookie.split('; ')).toEqual(expect.arrayContaining(['Secure', 'HttpOnly', 'Path=/']));
      expect(cookie).not.toMatch(/domain=/i);
    } finally {
      await secure.close();
    }
  });
});
