import supertest from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { browserWith, cookieOf, signIn } from '../support/browser.js';
import type { Credentials } from '../support/registry-client.js';
import { World } from '../support/world.js';

const newPassword = 'another horse battery';

describe('passwords', () => {
  let app: TestApp;
  let world: World;
  let admin: Api;
  let user: Credentials;
  let made = 0;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    admin = apiOf(app, await world.accessToken('admin'));
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });
  beforeEach(async () => {
    made += 1;
    user = await world.user(`user${made}`);
  });

  const secretOf = ({ body }: supertest.Response): string => new URL(body.url).hash.slice(1);
  const reset = async () =>
    secretOf(await admin.post(`/admin/users/${user.username}/password-resets`).expect(201));
  const changed = () => ({ username: user.username, password: newPassword });

  describe('changed by their owner', () => {
    it('end every other session, and replace the one in use', async () => {
      const [browser, other] = [await signIn(app, user), await signIn(app, user)];
      const response = await browser
        .put('/me/password', { oldPassword: user.password, newPassword })
        .expect(204);
      await other.get('/me').expect(401);
      await browser.get('/me').expect(401);
      const renewed = cookieOf(response);
      expect(renewed).not.toBe(browser.cookie);
      await browserWith(app, renewed).get('/me').expect(200);
      await expect(signIn(app, user)).rejects.toThrow('401');
      await signIn(app, changed());
    });

    it('can be changed by Basic and by a wide access token, which get no cookie', async () => {
      const body = { oldPassword: user.password, newPassword };
      const response = await apiOf(app, await world.accessToken(user.username))
        .put('/me/password', body)
        .expect(204);
      expect(response.headers['set-cookie']).toBeUndefined();
      await apiOf(app, changed())
        .put('/me/password', { oldPassword: newPassword, newPassword: 'a third horse battery' })
        .expect(204);
    });

    it('need the old one, which is limited as a sign-in is', async () => {
      const browser = await signIn(app, user);
      const guess = () => browser.put('/me/password', { oldPassword: 'a wrong guess', newPassword });
      for (let attempt = 0; attempt < 10; attempt++) {
        const { body } = await guess().expect(403);
        expect(body.detail).toBe('The old password is wrong.');
      }
      await guess().expect(429);
      await browser.get('/me').expect(200);
    });

    it.each([
      { what: 'short', newPassword: 'short' },
      { what: 'usual', newPassword: 'qwertyuiop' },
      { what: 'not a text', newPassword: 7 },
    ])('are not changed to what is $what', async ({ newPassword }) => {
      const browser = await signIn(app, user);
      await browser.put('/me/password', { oldPassword: user.password, newPassword }).expect(400);
      await browser.get('/me').expect(200);
    });

    it('are not changed to what they are', async () => {
      const body = { oldPassword: user.password, newPassword: user.password };
      await (await signIn(app, user)).put('/me/password', body).expect(400);
    });

    it('are out of reach for robots and narrowed access tokens', async () => {
      const body = { oldPassword: user.password, newPassword };
      const narrow = await world.accessToken(user.username, { scopes: ['repository:write'] });
      await apiOf(app, narrow).put('/me/password', body).expect(403);
      await apiOf(app, await world.robot(user.username, 'ci'))
        .put('/me/password', body)
        .expect(403);
    });
  });

  describe('set by a link', () => {
    it('end sessions, and the link works once', async () => {
      const browser = await signIn(app, user);
      const secret = await reset();
      await browser.get('/me').expect(200);
      await apiOf(app).post(`/password-resets/${secret}`, { password: newPassword }).expect(204);
      await browser.get('/me').expect(401);
      await signIn(app, changed());
      await apiOf(app).get(`/password-resets/${secret}`).expect(404);
      await apiOf(app).post(`/password-resets/${secret}`, { password: newPassword }).expect(404);
    });

    it('are set once by several at once', async () => {
      const secret = await reset();
      const answers = await Promise.all(
        Array.from({ length: 5 }, (_, n) =>
          apiOf(app).post(`/password-resets/${secret}`, { password: `horse battery ${n}` }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([204, 404, 404, 404, 404]);
    });

    it('leave the link as it is when the password is too weak', async () => {
      const secret = await reset();
      await apiOf(app).post(`/password-resets/${secret}`, { password: 'weak' }).expect(400);
      await apiOf(app).post(`/password-resets/${secret}`, { password: newPassword }).expect(204);
    });

    it.each([
      { what: 'has run out', end: `UPDATE password_links SET expires_at = now()` },
      { what: 'belongs to a disabled account', end: `UPDATE users SET disabled_at = now() WHERE id = $1` },
    ])('are not set by one that $what', async ({ end }) => {
      const secret = await reset();
      const [row] = await world.sql<{ id: string }>('SELECT id FROM users WHERE username = $1', [
        user.username,
      ]);
      await world.sql(end, end.includes('$1') ? [row?.id] : []);
      await apiOf(app).get(`/password-resets/${secret}`).expect(404);
      await apiOf(app).post(`/password-resets/${secret}`, { password: newPassword }).expect(404);
    });

    it('are set by the newest link only, and by none of before a change', async () => {
      const [older, newer] = [await reset(), await reset()];
      await apiOf(app).get(`/password-resets/${older}`).expect(404);
      await apiOf(app).get(`/password-resets/${newer}`).expect(200);
      await apiOf(app, user).put('/me/password', { oldPassword: user.password, newPassword }).expect(204);
      await apiOf(app).get(`/password-resets/${newer}`).expect(404);
    });

    it('keep the secret of the link nowhere', async () => {
      const secret = await reset();
      const [row] = await world.sql<{ found: number }>(
        `SELECT count(*)::int AS found FROM password_links l, audit_log a WHERE l::text LIKE $1 OR a::text LIKE $1`,
        [`%${secret}%`],
      );
      expect(row?.found).toBe(0);
    });

    it.each(['nonsense', 'x'.repeat(101), '%00'])('are not set by %s', async (secret) => {
      const { status } = await apiOf(app).post(`/password-resets/${secret}`, { password: newPassword });
      expect([400, 404]).toContain(status);
    });
  });

  describe('links', () => {
    it('are made by admins only', async () => {
      const path = `/admin/users/${user.username}/password-resets`;
      const [missing, stranger] = [
        await apiOf(app, user).post('/admin/nothing').expect(404),
        await apiOf(app, user).post(path).expect(404),
      ];
      expect(stranger.body.title).toBe(missing.body.title);
      await apiOf(app).post(path).expect(404);
      await admin.post('/admin/users/nobody/password-resets').expect(404);
    });

    it('are not made for a disabled account', async () => {
      await admin.patch(`/admin/users/${user.username}`, { isDisabled: true }).expect(200);
      await admin.post(`/admin/users/${user.username}/password-resets`).expect(409);
    });
  });
});
