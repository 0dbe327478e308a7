import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExpiredSignIns } from '../../apps/registry-api/src/accounts/expired-sign-ins.js';
import { apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { browserWith, signIn } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import type { Credentials } from '../support/registry-client.js';
import { World } from '../support/world.js';

describe('sessions', () => {
  let app: TestApp;
  let world: World;
  let alice: Credentials;
  let bob: Credentials;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    [alice, bob] = [await world.user('alice'), await world.user('bob')];
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  const post = (body: object) => supertest(app.url).post('/api/v1/sessions').send(body);

  describe('signing in', () => {
    it('answers a cookie that scripts cannot read and other sites do not send', async () => {
      const response = await post(alice).expect(201);
      const [cookie = ''] = response.headers['set-cookie'] as unknown as string[];
      const [pair = '', ...attributes] = cookie.split('; ');
      expect(pair).toMatch(/^berth_session=[A-Za-z0-9_-]{43}$/);
      expect(attributes).toEqual(
        expect.arrayContaining(['Path=/', 'HttpOnly', 'SameSite=Lax', expect.stringMatching(/^Expires=/)]),
      );
      expect(attributes).not.toContain('Secure');
      expect(response.headers['cache-control']).toBe('private, no-store');
      expect(response.body).toEqual({ id: expect.stringMatching(/^\d+$/), username: 'alice' });
    });

    it('keeps the secret nowhere', async () => {
      const { cookie } = await signIn(app, alice);
      const secret = cookie.split('=')[1] ?? '';
      const [row] = await world.sql<{ found: number }>(
        `SELECT count(*)::int AS found FROM sessions s, audit_log a WHERE s::text LIKE $1 OR a::text LIKE $1`,
        [`%${secret}%`],
      );
      expect(row?.found).toBe(0);
    });

    it.each([
      { what: 'a wrong password', body: { username: 'alice', password: 'wrong' } },
      { what: 'an unknown user', body: { username: 'nobody', password: 'wrong' } },
      { what: 'a name that cannot be one', body: { username: 'No Name', password: 'wrong' } },
    ])('is refused with $what, always in the same words', async ({ body }) => {
      const response = await post(body).expect(401);
      expect(response.headers['set-cookie']).toBeUndefined();
      expect(response.body.detail).toBe('The user name or the password or access token is wrong.');
    });

    it('takes no access token, which would become more than it is', async () => {
      const token = await world.accessToken('alice', { scopes: ['repository:read'] });
      const { body } = await post(token).expect(401);
      expect(body.detail).toMatch(/^Sign in here with your password/);
    });

    it('tells who is disabled, once the password is right', async () => {
      const carol = await world.user('carol');
      await world.sql(`UPDATE users SET disabled_at = now() WHERE username = 'carol'`);
      expect((await post(carol).expect(401)).body.detail).toMatch(/disabled/);
      expect((await post({ ...carol, password: 'wrong' }).expect(401)).body.detail).toMatch(/wrong/);
    });

    it.each([
      { username: 'alice' },
      { password: 'x' },
      { username: '', password: 'x' },
      { username: 'alice', password: '' },
      { username: ['alice'], password: 'x' },
      { username: 'alice', password: { $ne: '' } },
      { username: 'ali\u0000ce', password: 'x' },
      { username: 'alice', password: 'x'.repeat(1025) },
      { username: 'alice', password: 'x', isAdmin: true },
    ])('does not read %j', async (body) => {
      await post(body).expect(400);
    });

    it('works while a cookie is there that counts no more', async () => {
      await post(alice).set('Cookie', 'berth_session=ended; berth_session=planted').expect(201);
    });

    it('notes the sign-in', async () => {
      await signIn(app, bob);
      const [row] = await world.sql<{ recent: boolean }>(
        `SELECT last_sign_in_at > now() - interval '1 minute' AS recent FROM users WHERE username = 'bob'`,
      );
      expect(row?.recent).toBe(true);
    });
  });

  describe('a session', () => {
    it('is who has signed in', async () => {
      const browser = await signIn(app, alice);
      const { body } = await browser.get('/me').expect(200);
      expect(body).toMatchObject({ username: 'alice', credential: { kind: 'session', scopes: null } });
    });

    it('ends on the server when somebody signs out', async () => {
      const browser = await signIn(app, alice);
      const response = await browser.delete('/sessions/current').expect(204);
      expect(response.headers['set-cookie']?.[0]).toMatch(/^berth_session=; .*Expires=Thu, 01 Jan 1970/);
      const { body } = await browser.get('/me').expect(401);
      expect(body.detail).toBe('The session has ended: sign in again.');
    });

    it('expires', async () => {
      const browser = await signIn(app, alice);
      await world.sql(`UPDATE sessions SET expires_at = now() WHERE id = $1`, [browser.sessionId]);
      await browser.get('/me').expect(401);
      await app.nest.get(ExpiredSignIns, { strict: false }).sweep();
      expect(await world.sql('SELECT id FROM sessions WHERE id = $1', [browser.sessionId])).toEqual([]);
    });

    it('lives on while it is used, to an end that use does not put off', async () => {
      const browser = await signIn(app, alice);
      const ageBy = (interval: string) =>
        world.sql(
          `UPDATE sessions SET created_at = created_at - $2::interval, last_used_at = last_used_at - $2::interval,
             expires_at = expires_at - $2::interval WHERE id = $1`,
          [browser.sessionId, interval],
        );
      const state = async () => {
        const [row] = await world.sql<{ is_used: boolean; days_left: number }>(
          `SELECT last_used_at > now() - interval '1 minute' AS is_used,
             round(extract(epoch FROM expires_at - now()) / 86400)::int AS days_left FROM sessions WHERE id = $1`,
          [browser.sessionId],
        );
        return row;
      };
      await ageBy('20 days');
      await browser.get('/me').expect(200);
      await eventually('the use is written', async () => (await state())?.is_used);
      expect(await state()).toEqual({ is_used: true, days_left: 30 });

      await world.sql(`UPDATE sessions SET created_at = now() - interval '85 days' WHERE id = $1`, [
        browser.sessionId,
      ]);
      await world.sql(`UPDATE sessions SET last_used_at = now() - interval '1 day' WHERE id = $1`, [
        browser.sessionId,
      ]);
      const another = await startApp({ env: { BERTH_DATABASE_URL: app.databaseUrl } });
      try {
        await browserWith(another, browser.cookie).get('/me').expect(200);
        await eventually('the use is written', async () => (await state())?.is_used);
        expect((await state())?.days_left).toBe(5);
      } finally {
        await another.close();
      }
    });

    it('is used without a write at every request', async () => {
      const browser = await signIn(app, alice);
      await browser.get('/me').expect(200);
      const statements = await app.countSql(() => browser.get('/me').expect(200));
      expect(statements.filter((statement) => /\b(INSERT|UPDATE|DELETE)\b/.test(statement))).toEqual([]);
      expect(statements).toHaveLength(3);
    });
  });

  describe("one's own sessions", () => {
    it('are listed, the newest first, and the one in use is marked', async () => {
      const dora = await world.user('dora');
      const first = await signIn(app, dora);
      const second = await signIn(app, dora);
      const { body } = await first.get('/sessions').expect(200);
      expect(body).toEqual({
        items: [
          expect.objectContaining({ id: second.sessionId, isCurrent: false, address: '127.0.0.1' }),
          expect.objectContaining({ id: first.sessionId, isCurrent: true }),
        ],
      });
      const page = await first.get('/sessions?limit=1').expect(200);
      expect(page.body.items[0].id).toBe(second.sessionId);
      const next = await first.get(`/sessions?limit=1&cursor=${page.body.nextCursor}`).expect(200);
      expect(next.body).toEqual({ items: [expect.objectContaining({ id: first.sessionId })] });
      await first.get('/sessions?cursor=eA').expect(400);
    });

    it('can be ended one by one, and all others at once', async () => {
      const erin = await world.user('erin');
      const [one, two, three] = [await signIn(app, erin), await signIn(app, erin), await signIn(app, erin)];
      await one.delete(`/sessions/${two.sessionId}`).expect(204);
      await two.get('/me').expect(401);
      await three.get('/me').expect(200);
      await one.delete('/sessions').expect(204);
      await three.get('/me').expect(401);
      await one.get('/me').expect(200);
    });

    it("are not somebody else's", async () => {
      const [own, other] = [await signIn(app, alice), await signIn(app, bob)];
      const missing = await other.delete('/sessions/999999999').expect(404);
      const foreign = await other.delete(`/sessions/${own.sessionId}`).expect(404);
      expect(foreign.body).toEqual(missing.body);
      await own.get('/me').expect(200);
      await other.delete('/sessions/abc').expect(404);
    });

    it('are at most a hundred: the one unused for longest ends', async () => {
      const frank = await world.user('frank');
      const oldest = await signIn(app, frank);
      await world.sql(
        `INSERT INTO sessions (user_id, secret_hash, credentials_version, expires_at)
         SELECT id, sha256(n::text::bytea), credentials_version, now() + interval '1 day'
         FROM users, generate_series(1, 99) n WHERE username = 'frank'`,
      );
      await world.sql(`UPDATE sessions SET last_used_at = now() - interval '1 hour' WHERE id = $1`, [
        oldest.sessionId,
      ]);
      const newest = await signIn(app, frank);
      await oldest.get('/me').expect(401);
      const { body } = await newest.get('/sessions?limit=100').expect(200);
      expect(body.items).toHaveLength(100);
    });

    it('are out of reach for narrowed access tokens and robots', async () => {
      const narrow = await world.accessToken('alice', { scopes: ['repository:read'] });
      await apiOf(app, narrow).get('/sessions').expect(403);
      const wide = await world.accessToken('alice');
      await apiOf(app, wide).get('/sessions').expect(200);
      await apiOf(app, wide).delete('/sessions/current').expect(404);
      await apiOf(app, await world.robot('alice', 'ci'))
        .get('/sessions')
        .expect(403);
      await apiOf(app).get('/sessions').expect(401);
    });
  });
});
