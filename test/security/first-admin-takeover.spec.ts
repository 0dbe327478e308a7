import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { bootstrapAdmin } from '../../apps/registry-api/src/accounts/bootstrap-admin.js';
import { migrate } from '../../apps/registry-api/src/migrate.js';
import { apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { signIn } from '../support/browser.js';
import { createDatabase, type TestDatabase } from '../support/databases.js';
import { World } from '../support/world.js';

const password = 'correct horse battery';

describe('first-admin takeover', () => {
  let app: TestApp;
  let database: TestDatabase;
  let world: World;

  beforeAll(async () => {
    database = await createDatabase(inject('postgresUrl'));
    await migrate(database.url);
    world = await World.open(database.url);
    app = await startApp({ env: { BERTH_SIGNUP: 'open' } });
  });
  afterAll(async () => {
    await app.close();
    await world.close();
    await database.drop();
  });

  it('twenty set-ups in parallel make one admin, and a second one none', async () => {
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, n) => bootstrapAdmin(database.url, { username: `admin${n}` })),
    );
    const [winner, ...others] = made.filter(({ generatedPassword }) => generatedPassword !== undefined);
    expect(others).toEqual([]);
    expect(new Set(made.map(({ username }) => username))).toEqual(new Set([winner?.username]));
    await bootstrapAdmin(database.url, { username: 'mallory', password });
    expect(await world.sql('SELECT username, is_admin FROM users')).toEqual([
      { username: winner?.username, is_admin: true },
    ]);
  });

  it('nobody signs up as the first admin, or as an admin at all', async () => {
    await apiOf(app).post('/users', { username: app.admin.username, password }).expect(409);
    await apiOf(app).post('/users', { username: 'mallory', password }).expect(201);
    const mallory = await signIn(app, { username: 'mallory', password });
    expect((await mallory.get('/me').expect(200)).body.isAdmin).toBe(false);
    await mallory.get('/admin/users').expect(404);
    await mallory.patch('/admin/users/mallory', { isAdmin: true }).expect(404);
  });

  it("another start does not set the first admin's password again", async () => {
    const { admin } = app;
    await bootstrapAdmin(app.databaseUrl, { username: admin.username, password: 'of somebody else' });
    await signIn(app, admin);
    await expect(signIn(app, { ...admin, password: 'of somebody else' })).rejects.toThrow('401');
  });
});
