import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { signIn } from '../support/browser.js';
import type { Credentials } from '../support/registry-client.js';
import { World } from '../support/world.js';

describe('administration of users', () => {
  let app: TestApp;
  let world: World;
  let admin: Api;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    admin = apiOf(app, await world.accessToken('admin'));
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  it('is absent for everybody else', async () => {
    await world.user('stranger');
    const calls = [
      (api: Api) => api.get('/admin/users'),
      (api: Api) => api.get('/admin/users/admin'),
      (api: Api) => api.patch('/admin/users/stranger', { isAdmin: true }),
      (api: Api) => api.delete('/admin/users/admin?owner=stranger'),
    ];
    const narrow = apiOf(app, await world.accessToken('admin', { scopes: ['repository:read'] }));
    const stranger = apiOf(app, await world.accessToken('stranger'));
    for (const call of calls) {
      await call(apiOf(app)).expect(404);
      await call(stranger).expect(404);
      await call(narrow).expect(404);
    }
  });

  describe('the list', () => {
    const names = async (query: string): Promise<string[]> => {
      const { body } = await admin.get(`/admin/users?q=list&${query}`).expect(200);
      return body.items.map(({ username }: { username: string }) => username);
    };

    beforeAll(async () => {
      for (const name of ['list-a', 'list-b', 'list_c', 'listxd']) await world.user(name);
      await world.sql(`UPDATE users SET disabled_at = now() WHERE username = 'list-a'`);
      await world.sql(`UPDATE users SET is_admin = true, email = 'B@Example.com' WHERE username = 'list-b'`);
      await world.sql(
        `UPDATE users SET created_at = now() - interval '40 days', last_sign_in_at = now() - interval '35 days'
         WHERE username IN ('list_c', 'listxd')`,
      );
      await world.accessToken('listxd');
      await world.sql(
        `UPDATE access_tokens SET last_used_at = now() - interval '5 days'
         WHERE user_id = (SELECT id FROM users WHERE username = 'listxd')`,
      );
    });

    it('is by name, in pages', async () => {
      expect(await names('')).toEqual(['list-a', 'list-b', 'list_c', 'listxd']);
      const { body } = await admin.get('/admin/users?q=list&limit=3').expect(200);
      expect(body.items).toHaveLength(3);
      expect(await names(`limit=3&cursor=${body.nextCursor}`)).toEqual(['listxd']);
    });

    it.each([
      { query: 'disabled=true', found: ['list-a'] },
      { query: 'disabled=false', found: ['list-b', 'list_c', 'listxd'] },
      { query: 'admin=true', found: ['list-b'] },
      { query: 'unused=30', found: ['list_c'] },
      { query: 'unused=3', found: ['list_c', 'listxd'] },
    ])('finds with $query', async ({ query, found }) => {
      expect(await names(query)).toEqual(found);
    });

    it('finds by part of name or address, in which nothing is a pattern', async () => {
      const found = async (q: string) =>
        (await admin.get(`/admin/users?q=${encodeURIComponent(q)}`).expect(200)).body.items.length;
      expect(await found('b@example')).toBe(1);
      expect(await found('T_C')).toBe(1);
      expect(await found('list%d')).toBe(0);
      expect(await found('t\\')).toBe(0);
    });

    it.each(['sort=password', 'limit=0', 'limit=abc', 'cursor=!!', 'unused=-1', 'disabled=1', 'q=%00'])(
      'refuses %s',
      async (query) => {
        await admin.get(`/admin/users?${query}`).expect(400);
      },
    );

    it('tells what an admin wants to know, and no secret', async () => {
      const { body } = await admin.get('/admin/users/list-b').expect(200);
      expect(body).toEqual({
        username: 'list-b',
        email: 'B@Example.com',
        isAdmin: true,
        isDisabled: false,
        hasPassword: true,
        createdAt: expect.any(String),
        lastSignInAt: null,
        lastUsedAt: null,
      });
      await admin.get('/admin/users/nobody').expect(404);
      await admin.get('/admin/users/No%20Body').expect(404);
      await world.sql(`UPDATE users SET is_admin = false WHERE username = 'list-b'`);
    });
  });

  describe('of one user', () => {
    let user: Credentials;
    let path: string;
    let made = 0;
    beforeEach(async () => {
      made += 1;
      user = await world.user(`user${made}`);
      path = `/admin/users/${user.username}`;
    });

    it('grants and takes admin, at once', async () => {
      const browser = await signIn(app, user);
      await browser.get('/admin/users').expect(404);
      expect((await admin.patch(path, { isAdmin: true }).expect(200)).body.isAdmin).toBe(true);
      await browser.get('/admin/users').expect(200);
      await admin.patch(path, { isAdmin: false }).expect(200);
      await browser.get('/admin/users').expect(404);
    });

    it('disables, which ends sessions for good', async () => {
      const browser = await signIn(app, user);
      expect((await admin.patch(path, { isDisabled: true }).expect(200)).body.isDisabled).toBe(true);
      await browser.get('/me').expect(401);
      await expect(signIn(app, user)).rejects.toThrow('disabled');
      await admin.patch(path, { isDisabled: false }).expect(200);
      await browser.get('/me').expect(401);
      await signIn(app, user);
    });

    it.each([{ isAdmin: 'true' }, { isDisabled: null }, { passwordHash: 'x' }, { id: 1 }, []])(
      'refuses %j',
      async (change) => {
        await admin.patch(path, change).expect(400);
      },
    );

    it('never takes the last admin who is not disabled', async () => {
      for (const change of [{ isAdmin: false }, { isDisabled: true }]) {
        const { body } = await admin.patch('/admin/users/admin', change).expect(409);
        expect(body.detail).toMatch(/last admin/);
      }
      await admin.delete(`/admin/users/admin?owner=${user.username}`).expect(409);
      await admin.patch(path, { isAdmin: true, isDisabled: true }).expect(200);
      await admin.patch('/admin/users/admin', { isAdmin: false }).expect(409);
      await admin.patch(path, { isAdmin: false }).expect(200);
    });

    it('leaves one admin when two take it from each other at once', async () => {
      await admin.patch(path, { isAdmin: true }).expect(200);
      const other = apiOf(app, await world.accessToken(user.username));
      const answers = await Promise.all([
        other.patch('/admin/users/admin', { isAdmin: false }),
        admin.patch(path, { isAdmin: false }),
      ]);
      const [row] = await world.sql<{ admins: number }>(
        'SELECT count(*)::int AS admins FROM users WHERE is_admin AND disabled_at IS NULL',
      );
      expect(row?.admins).toBe(1);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      await world.sql(`UPDATE users SET is_admin = (username = 'admin')`);
    });

    describe('deleting', () => {
      let heir: Credentials;
      beforeEach(async () => {
        heir = await world.user(`heir${made}`);
      });

      it("hands the namespace over with all that's in it, and organizations that had no other owner", async () => {
        const { username } = user;
        await world.repository(`${username}/app`);
        await world.organization(`alone${made}`, { [username]: 'owner', [heir.username]: 'reader' });
        await world.organization(`shared${made}`, { [username]: 'owner', admin: 'owner' });
        const robot = await world.robot(username, 'ci');
        const { body } = await admin.delete(`${path}?owner=${heir.username}`).expect(200);
        expect(body).toEqual({ owner: heir.username, namespaces: [`alone${made}`, username] });
        await expect(signIn(app, user)).rejects.toThrow('401');
        const me = await apiOf(app, heir).get('/me').expect(200);
        expect(me.body.namespaces).toEqual(
          expect.arrayContaining([
            { name: username, kind: 'organization', role: 'owner' },
            { name: `alone${made}`, kind: 'organization', role: 'owner' },
          ]),
        );
        expect(me.body.namespaces).toHaveLength(3);
        await apiOf(app, heir).get(`/repositories/${username}%2Fapp`).expect(200);
        await apiOf(app, robot).get(`/repositories/${username}%2Fapp`).expect(200);
      });

      it('does not give the name out again', async () => {
        await admin.delete(`${path}?owner=${heir.username}`).expect(200);
        await admin
          .post('/users', { username: user.username, password: 'correct horse battery' })
          .expect(409);
      });

      it('ends every credential', async () => {
        const [browser, token] = [await signIn(app, user), await world.accessToken(user.username)];
        await admin.delete(`${path}?owner=${heir.username}`).expect(200);
        await browser.get('/me').expect(401);
        await apiOf(app, token).get('/me').expect(401);
      });

      it.each([
        { what: 'nobody', query: () => '' },
        { what: 'who does not exist', query: () => '?owner=nobody' },
        { what: 'the one who goes', query: () => `?owner=user${made}` },
        { what: 'who is disabled', query: () => `?owner=heir${made}` },
      ])('does nothing when the owner is to be $what', async ({ query, what }) => {
        if (what === 'who is disabled')
          await admin.patch(`/admin/users/heir${made}`, { isDisabled: true }).expect(200);
        await admin.delete(`${path}${query()}`).expect(400);
        await signIn(app, user);
      });
    });
  });
});
