import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedCompany } from '../../bench/seed/company.mjs';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken } from '../support/authorization.js';
import { randomImage } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';

const REPOSITORY = 'library/one';
const SIZE = { repositories: 60, tagsPerRepository: 3, links: 600, tagsOfOne: 150 };

/** What the bench measures at full size has to be what Berth itself would have written. */
describe('a database filled by the bench', () => {
  let app: TestApp;
  let client: RegistryClient;
  let database: pg.Client;
  const count = async (sql: string) => Number((await database.query(sql)).rows[0].count);
  beforeAll(async () => {
    app = await startApp();
    client = new RegistryClient({ url: app.url, credentials: await adminToken(app), scheme: 'basic' });
    await client.push(REPOSITORY, randomImage(), 'latest');
    database = new pg.Client({ connectionString: app.databaseUrl });
    await database.connect();
    await seedCompany(database, SIZE, REPOSITORY);
  });
  afterAll(async () => {
    await database.end();
    await app.close();
  });

  it('has as many repositories, tags and links as asked for', async () => {
    expect(await count('SELECT count(*) FROM repositories')).toBe(SIZE.repositories + 1);
    expect(await count(`SELECT count(*) FROM tags WHERE name LIKE 'build-%'`)).toBe(SIZE.tagsOfOne);
    expect(
      await count(
        `SELECT count(*) FROM repository_blobs JOIN blobs ON id = blob_id WHERE storage_key LIKE 'seeded-%'`,
      ),
    ).toBe(SIZE.links);
  });

  it('counts links as the triggers would have', async () => {
    const wrong = `SELECT count(*) FROM blobs WHERE link_count <> (SELECT count(*) FROM repository_blobs WHERE blob_id = id)`;
    expect(await count(wrong)).toBe(0);
    const indexes = `SELECT count(*) FROM pg_indexes WHERE indexname IN ('repository_blobs_blob_ix', 'repository_blobs_touched_ix')`;
    expect(await count(indexes)).toBe(2);
  });

  it('is read and written like any other', async () => {
    const answer = await client.request('GET', `/v2/${REPOSITORY}/tags/list?n=10&last=build-000100`);
    expect(await answer.json()).toMatchObject({
      tags: expect.arrayContaining(['build-000101', 'build-000110']),
    });
    expect((await client.request('GET', `/v2/${REPOSITORY}/manifests/build-000150`)).status).toBe(200);
    await client.push(REPOSITORY, randomImage(), 'latest');
  });
});
