import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Database } from '../../apps/registry-api/src/database/database.js';
import { startApp, type TestApp } from '../support/app.js';
import { World } from '../support/world.js';

describe('a statement that takes long', () => {
  let app: TestApp;
  let server: World;
  beforeAll(async () => {
    app = await startApp();
    server = await World.open(inject('postgresUrl'));
  });
  afterAll(async () => {
    await server.close();
    await app.close();
  });

  const name = () => new URL(app.databaseUrl).pathname.slice(1);

  it('is left alone also when Postgres takes no further connection to be asked on', async () => {
    const slow = app.nest.get(Database).query('SELECT pg_sleep(3) IS NOT NULL AS done');
    await server.sql(`ALTER DATABASE ${name()} ALLOW_CONNECTIONS false`);
    expect(await slow).toEqual([{ done: true }]);
    await server.sql(`ALTER DATABASE ${name()} ALLOW_CONNECTIONS true`);
  });

  it('is left alone by what looks for a silent Postgres, which asks meanwhile and gets an answer', async () => {
    const asked = async () => {
      const rows = await server.sql(
        `SELECT 1 FROM pg_stat_activity WHERE application_name = 'berth watch' AND datname = $1`,
        [name()],
      );
      return rows.length;
    };
    expect(await asked()).toBe(0);
    const slow = app.nest.get(Database).query('SELECT pg_sleep(5) IS NOT NULL AS done');
    expect(await slow).toEqual([{ done: true }]);
    expect(await asked()).toBe(1);
  });
});
