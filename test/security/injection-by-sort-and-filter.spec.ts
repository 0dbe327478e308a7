import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { World } from '../support/world.js';

/** Lists and what each of them may be sorted or filtered by, here by what it may not. */
const queries = [
  '/search?q=a&sort=password',
  '/search?q=a&sort=name;DROP TABLE users',
  '/search?q=a&limit=1e9',
  '/repositories?sort=password',
  '/repositories/admin%2Fapp/tags?sort=password_hash',
  '/repositories/admin%2Fapp/tags?sort[$ne]=name',
  '/admin/users?sort=password',
  '/admin/users?admin=1 OR 1=1',
  '/admin/users?password_hash=x',
  '/admin/audit?sort=password',
  '/admin/audit?result=done OR 1=1',
  '/admin/audit?details[$ne]=1',
  '/admin/access-tokens?secret_hash=x',
  '/admin/access-tokens?unusedDays=1;SELECT 1',
  '/admin/robots?expired=1',
  '/access-tokens?cursor=%7B%22id%22%3A%7B%22%24ne%22%3A1%7D%7D',
  '/sessions?cursor=1 OR 1=1',
  '/namespaces?owner[username]=admin',
];

describe('injection by sort and filter (Harbor CVE-2024-22261, TypeORM CVE-2022-33171)', () => {
  let app: TestApp;
  let world: World;
  let admin: Api;

  beforeAll(async () => {
    app = await startApp();
    world = await World.open(app.databaseUrl);
    await world.repository('admin/app');
    admin = apiOf(app, await world.accessToken('admin'));
  });
  afterAll(async () => {
    await world.close();
    await app.close();
  });

  it.each(queries)('GET %s: 400, and what would be right', async (path) => {
    const { status, body, text } = await admin.get(encodeURI(path).replaceAll('%25', '%'));
    expect([path, status]).toEqual([path, 400]);
    expect(body.detail).toMatch(/\w/);
    expect(text).not.toMatch(/SELECT|column|relation|syntax error/);
  });

  it.each([
    ['/admin/access-tokens/revocations', { ids: [{ $ne: '1' }] }],
    ['/admin/access-tokens/revocations', { ids: { $gt: '' } }],
    ['/admin/access-tokens/revocations', { ids: ['1 OR 1=1'] }],
    ['/admin/robots/revocations', { ids: [['1']] }],
    ['/namespaces', { name: { $ne: 'x' } }],
    ['/repositories', { name: ['admin/app'], visibility: 'private' }],
  ])('POST %s with %j: 400', async (path, body) => {
    await admin.post(path, body).expect(400);
  });

  it.each(['{"id":1}', '[object Object]', '1 OR 1=1', '1;', '0x1', '1e1', '-1', '99999999999999999999'])(
    'an id %j is none: 404 or 400, and nothing is gone',
    async (id) => {
      const count = async () =>
        (
          await world.sql<{ count: string }>('SELECT count(*) FROM access_tokens WHERE revoked_at IS NULL')
        )[0];
      const before = await count();
      for (const path of [`/access-tokens/${encodeURIComponent(id)}`, `/sessions/${encodeURIComponent(id)}`])
        expect([400, 404]).toContain((await admin.delete(path)).status);
      expect(await count()).toEqual(before);
    },
  );
});
