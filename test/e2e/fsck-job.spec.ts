import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Api, apiOf } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken } from '../support/authorization.js';
import { eventually } from '../support/eventually.js';
import { randomBlob } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { StoreObjects } from '../support/store-objects.js';
import { World } from '../support/world.js';

/** The check that an admin asks for in the pages. */
let app: TestApp;
let world: World;
let admin: Api;
let client: RegistryClient;
beforeAll(async () => {
  app = await startApp({ env: { BERTH_JOBS: 'on' } });
  world = await World.open(app.databaseUrl);
  const credentials = await adminToken(app);
  admin = apiOf(app, credentials);
  client = new RegistryClient({ url: app.url, credentials });
});
afterAll(async () => {
  await world.close();
  await app.close();
});

async function check() {
  const { body } = await admin.post('/admin/jobs/fsck/run').expect(202);
  return eventually('the check is done', async () => {
    const { items } = (await admin.get('/admin/jobs/fsck/runs?limit=5').expect(200)).body;
    const run = items.find(({ id }: { id: string }) => id === body.id);
    return run?.state === 'done' && run.result;
  });
}

it('says that there is no difference, or names what differs, and repairs nothing', async () => {
  const [whole, lost] = [randomBlob(40_000), randomBlob(50_000)];
  for (const blob of [whole, lost]) await client.pushBlob('team/app', blob);
  expect(await check()).toEqual({ checked: 2, bytes: 90_000, differences: 0, named: [] });
  const objects = new StoreObjects(app);
  const [row] = await world.sql<{ key: string }>('SELECT storage_key AS key FROM blobs WHERE digest = $1', [
    lost.digest,
  ]);
  await objects.remove(row!.key);
  const found = { checked: 2, bytes: 90_000, differences: 1, missing: 1, named: [`missing ${lost.digest}`] };
  expect(await check()).toEqual(found);
  expect(await world.sql('SELECT FROM blobs WHERE damaged_at IS NOT NULL')).toEqual([]);
  expect(await check()).toEqual(found);
});
