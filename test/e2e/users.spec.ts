import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { signIn } from '../support/browser.js';
import { World } from '../support/world.js';

const password = 'correct horse battery';

describe('users', () => {
  let app: TestApp;
  let world: World;
  let admin: Api;
  let alice: Api;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    admin = apiOf(app, await world.accessToken('admin'));
    await world.user('alice');
    alice = apiOf(app, await world.accessToken('alice'));
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  describe('made by an admin', () => {
    it('have a namespace of their own and can sign in', async () => {
      const { body } = await admin
        .post('/users', { username: 'bob', email: 'Bob@example.com', password })
        .expect(201);
      expect(body).toEqual({
        username: 'bob',
        email: 'Bob@example.com',
        isAdmin: false,
        createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
        namespace: 'bob',
      });
      const me = await (await signIn(app, { username: 'bob', password })).get('/me').expect(200);
      expect(me.body).toEqual({
        kind: 'user',
        username: 'bob',
        email: 'Bob@example.com',
        isAdmin: false,
        isPasswordTemporary: true,
        lastSignInAt: expect.any(String),
        namespaces: [{ name: 'bob', kind: 'user', role: 'owner' }],
        credential: { kind: 'session', name: 'session', scopes: null },
      });
    });

    it('set their own password by a link when the admin gives none', async () => {
      const { body } = await admin.post('/users', { username: 'carol' }).expect(201);
      const { url, expiresAt } = body.passwordLink;
      expect(new URL(url).origin).toBe(`http://${app.host}`);
      expect(new Date(expiresAt).getTime()).toBeGreaterThan(Date.now() + 6 * 24 * 3600_000);
      const secret = new URL(url).hash.slice(1);
      const open = await apiOf(app).get(`/password-resets/${secret}`).expect(200);
      expect(open.body).toEqual({ username: 'carol', expiresAt });
      await apiOf(app).post(`/password-resets/${secret}`, { password }).expect(204);
      const me = await (await signIn(app, { username: 'carol', password })).get('/me').expect(200);
      expect(me.body.isPasswordTemporary).toBe(false);
    });

    it.each([
      { what: 'a name that is taken', body: { username: 'alice', password }, status: 409 },
      { what: 'the name of an organization', body: { username: 'team', password }, status: 409 },
      { what: 'a name that was given out once', body: { username: 'gone', password }, status: 409 },
      { what: 'a reserved name', body: { username: 'robot', password }, status: 409 },
      {
        what: "somebody's e-mail address",
        body: { username: 'x1', email: 'TAKEN@example.com', password },
        status: 409,
      },
      { what: 'a capital', body: { username: 'Dora', password }, status: 400 },
      { what: 'a slash', body: { username: 'do/ra', password }, status: 400 },
      { what: 'a plus, as robots have', body: { username: 'robot+alice+ci', password }, status: 400 },
      { what: 'a NUL', body: { username: 'do\u0000ra', password }, status: 400 },
      { what: 'no name', body: { password }, status: 400 },
      { what: 'a list as name', body: { username: ['dora'], password }, status: 400 },
      { what: 'a short password', body: { username: 'dora', password: 'short' }, status: 400 },
      { what: 'a usual password', body: { username: 'dora', password: 'password123' }, status: 400 },
      {
        what: 'the name as password',
        body: { username: 'theodora-long', password: 'theodora-long' },
        status: 400,
      },
      { what: 'no e-mail address', body: { username: 'dora', email: 'dora', password }, status: 400 },
    ])('are refused with $what, and nothing is left of them', async ({ body, status }) => {
      await world.sql(
        `INSERT INTO namespaces (name, kind, deleted_at) VALUES ('gone', 'organization', now()), ('team', 'organization', NULL)
         ON CONFLICT DO NOTHING`,
      );
      await world.sql(`UPDATE users SET email = 'taken@example.com' WHERE username = 'alice'`);
      const counts = () =>
        world.sql(
          'SELECT (SELECT count(*) FROM users) AS users, (SELECT count(*) FROM namespaces) AS namespaces',
        );
      const before = await counts();
      await admin.post('/users', body).expect(status);
      expect(await counts()).toEqual(before);
    });

    it('of one name are made once, however many ask at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => admin.post('/users', { username: 'only', password })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(9).fill(409)]);
    });
  });

  describe('where sign-up is closed', () => {
    it('are made by nobody else', async () => {
      await apiOf(app).post('/users', { username: 'eve', password }).expect(401);
      await alice.post('/users', { username: 'eve', password }).expect(403);
      const narrow = await world.accessToken('admin', { scopes: ['repository:write'] });
      await apiOf(app, narrow).post('/users', { username: 'eve', password }).expect(403);
    });
  });

  describe('where sign-up is open', () => {
    let open: TestApp;
    beforeAll(async () => {
      open = await startApp({ env: { BERTH_SIGNUP: 'open' } });
    });
    afterAll(() => open.close());

    it('make themselves, with a password of their own', async () => {
      await apiOf(open).post('/users', { username: 'eve', password }).expect(201);
      const me = await (await signIn(open, { username: 'eve', password })).get('/me').expect(200);
      expect(me.body).toMatchObject({ username: 'eve', isAdmin: false, isPasswordTemporary: false });
      const { body } = await apiOf(open).post('/users', { username: 'fred' }).expect(400);
      expect(body.detail).toBe('A password is needed.');
    });

    it('are not made by the hundred from one address', async () => {
      const statuses = new Set<number>();
      for (let attempt = 0; attempt < 25; attempt++) {
        const answer = await apiOf(open).post('/users', { username: `n${attempt}`, password: 'weak' });
        statuses.add(answer.status);
        if (answer.status === 429) expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      }
      expect([...statuses].sort()).toEqual([400, 429]);
    });
  });

  describe('as they are to themselves', () => {
    it('are told what an access token of theirs may do', async () => {
      const token = await world.accessToken('alice', { scopes: ['repository:read'] });
      const { body } = await apiOf(app, token).get('/me').expect(200);
      expect(body.credential).toEqual({
        kind: 'access-token',
        name: 'access token test',
        scopes: ['repository:read'],
      });
    });

    it('see the organizations they belong to', async () => {
      await world.organization('crew', { alice: 'writer' });
      const { body } = await alice.get('/me').expect(200);
      expect(body.namespaces).toEqual([
        { name: 'alice', kind: 'user', role: 'owner' },
        { name: 'crew', kind: 'organization', role: 'writer' },
      ]);
    });

    it('may be robots', async () => {
      const robot = await world.robot('alice', 'builder');
      const { body } = await apiOf(app, robot).get('/me').expect(200);
      expect(body).toMatchObject({
        kind: 'robot',
        username: 'robot+alice+builder',
        isAdmin: false,
        namespaces: [{ name: 'alice', kind: 'user', role: 'maintainer' }],
        credential: { kind: 'robot' },
      });
    });

    it('are nobody without a credential', async () => {
      await apiOf(app).get('/me').expect(401);
    });

    it('change their e-mail address, and nothing else', async () => {
      expect((await alice.patch('/me', { email: 'new@example.com' }).expect(200)).body.email).toBe(
        'new@example.com',
      );
      expect((await alice.patch('/me', { email: null }).expect(200)).body.email).toBeNull();
      await alice.patch('/me', { email: 'bob@EXAMPLE.com' }).expect(409);
      await alice.patch('/me', { isAdmin: true }).expect(400);
      await alice.patch('/me', { username: 'admin' }).expect(400);
    });
  });
});
