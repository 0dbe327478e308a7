import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { World } from '../support/world.js';

const password = 'correct horse battery';

describe('mass assignment', () => {
  let app: TestApp;
  let world: World;
  let alice: Api;

  beforeAll(async () => {
    app = await startApp({ env: { BERTH_SIGNUP: 'open' } });
    world = await World.open(app.databaseUrl);
    await world.user('alice');
    alice = apiOf(app, await world.accessToken('alice'));
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  it.each([
    { isAdmin: true },
    { is_admin: true },
    { admin: true },
    { role: 'admin' },
    { id: '1' },
    { namespaceId: '1' },
    { credentialsVersion: 9 },
    { passwordHash: '$argon2id$v=19$m=19456,t=2,p=1$AAAA$AAAA' },
    { createdAt: '2020-01-01T00:00:00Z' },
  ])('sign-up with %j is 400, and makes nobody', async (more) => {
    const { body } = await apiOf(app)
      .post('/users', { username: 'eve', password, ...more })
      .expect(400);
    expect(body.detail).toContain(Object.keys(more)[0]);
    expect(await world.sql(`SELECT id FROM users WHERE username = 'eve'`)).toEqual([]);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('a body with %s makes no admin', async (key) => {
    const username = `eve${key.length}`;
    await supertest(app.url)
      .post('/api/v1/users')
      .type('json')
      .send(`{"username": "${username}", "password": "${password}", "${key}": {"isAdmin": true}}`);
    const made = await world.sql<{ is_admin: boolean }>('SELECT is_admin FROM users WHERE username = $1', [
      username,
    ]);
    expect(made.some(({ is_admin }) => is_admin)).toBe(false);
  });

  it.each([{ isAdmin: true }, { isDisabled: false }, { username: 'admin' }, { password: 'x' }])(
    'nobody changes their own account by %j',
    async (change) => {
      await alice.patch('/me', change).expect(400);
      const { body } = await alice.get('/me').expect(200);
      expect(body).toMatchObject({ username: 'alice', isAdmin: false });
    },
  );

  it('namespaces, members, tokens, robots and grants with more than their keys are 400', async () => {
    const scopes = ['repository:read'];
    const owned = { name: 'owned', scopes };
    await world.repository('alice/app');
    const requests = [
      ...[{ kind: 'instance' }, { id: '1' }, { deletedAt: null }, { ownerId: '1' }].map((more) =>
        alice.post('/namespaces', { name: 'made', ...more }),
      ),
      alice.patch('/namespaces/alice', { kind: 'instance' }),
      alice.put('/namespaces/alice/members/admin', { role: 'owner', isAdmin: true }),
      alice.post('/namespaces/alice/teams', { name: 'team', namespaceId: '1' }),
      ...[{ userId: '1' }, { secretHash: 'x' }, { credentialsVersion: 9 }, { lastUsedAt: null }].map((more) =>
        alice.post('/access-tokens', { ...owned, ...more }),
      ),
      ...[{ namespaceId: '1' }, { secret: 'x' }, { isDisabled: false }, { role: 'owner' }].map((more) =>
        alice.post('/namespaces/alice/robots', { ...owned, ...more }),
      ),
      alice.put('/repositories/alice%2Fapp/grants/admin', { role: 'reader', repositoryId: '1' }),
    ];
    for (const request of requests) await request.expect(400);
    expect((await alice.get('/namespaces').expect(200)).body.items).toHaveLength(1);
    expect((await alice.get('/namespaces/alice/robots').expect(200)).body.items).toEqual([]);
  });

  it('a key given twice counts as it is read, and is checked as it counts', async () => {
    await supertest(app.url)
      .post('/api/v1/users')
      .type('json')
      .send(`{"username": "frank", "password": "weak", "password": "${password}"}`)
      .expect(201);
    await apiOf(app, { username: 'frank', password: 'weak' }).get('/me').expect(401);
    await apiOf(app, { username: 'frank', password }).get('/me').expect(200);
  });
});
