import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken } from '../support/authorization.js';
import { randomBlob, randomImage } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { StoreObjects } from '../support/store-objects.js';
import { removeDirectory, temporaryDirectory } from '../support/temporary-directory.js';
import { World } from '../support/world.js';
import { CommandLine } from './command-line.js';

describe('berth gc', () => {
  let directory: string;
  let app: TestApp;
  beforeAll(async () => {
    directory = await temporaryDirectory('gc');
    app = await startApp({ env: { BERTH_DATA_DIR: directory } });
  });
  afterAll(async () => {
    await app.close();
    await removeDirectory(directory);
  });

  it('removes exactly what a dry run has told', async () => {
    const client = new RegistryClient({ url: app.url, credentials: await adminToken(app), scheme: 'basic' });
    const kept = randomImage();
    await client.push('team/app', kept, 'latest');
    const unused = randomBlob(5000);
    await client.pushBlob('team/app', unused);
    // A repository that is being pushed to is left alone, however short the grace period is.
    const world = await World.open(app.databaseUrl);
    for (const table of ['repository_blobs', 'blobs']) {
      await world.sql(`UPDATE ${table} SET touched_at = now() - interval '10 minutes'`);
    }
    await world.close();
    const berth = new CommandLine({ BERTH_DATABASE_URL: app.databaseUrl, BERTH_DATA_DIR: directory });
    const count = async () => (await new StoreObjects(app).list()).length;
    expect(await berth.json(['gc', '--grace', '1h'])).toMatchObject({ dryRun: false, blobs: 0, bytes: 0 });
    const told = { blobs: 1, bytes: 5000, digests: [unused.digest] };
    expect(await berth.json(['gc', '--dry-run', '--grace', '0s'])).toMatchObject({ dryRun: true, ...told });
    expect(await count()).toBe(3);
    expect(await berth.json(['gc', '--grace', '0s'])).toMatchObject({ dryRun: false, ...told });
    expect(await count()).toBe(2);
    for (const { digest, bytes } of kept.blobs) {
      expect((await client.pullBlob('team/app', digest)).equals(bytes)).toBe(true);
    }
    const again = await berth.run(['gc', '--grace', '0s']);
    expect(again).toMatchObject({ code: 0, stdout: '0 blobs, 0 B removed.\n' });
  });
});
