import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { createDatabase, type TestDatabase } from '../support/databases.js';
import { randomImage } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { removeDirectory, temporaryDirectory } from '../support/temporary-directory.js';
import { CommandLine } from './command-line.js';

describe('berth backup and berth restore', () => {
  const image = randomImage({ layers: 2 });
  let directory: string;
  let archive: string;
  let app: TestApp;
  let moved: TestApp | undefined;
  let database: TestDatabase;
  let ofApp: CommandLine;
  let ofNew: CommandLine;
  let newSettings: Record<string, string>;
  beforeAll(async () => {
    directory = await temporaryDirectory('backup');
    archive = join(directory, 'berth.tar');
    app = await startApp({ env: { BERTH_DATA_DIR: join(directory, 'old') } });
    database = await createDatabase(inject('postgresUrl'));
    newSettings = { BERTH_DATABASE_URL: database.url, BERTH_DATA_DIR: join(directory, 'new') };
    ofApp = new CommandLine({
      BERTH_DATABASE_URL: app.databaseUrl,
      BERTH_DATA_DIR: join(directory, 'old'),
      INIT_CWD: directory,
    });
    ofNew = new CommandLine({ ...newSettings, INIT_CWD: directory });
    await new RegistryClient({ url: app.url, credentials: app.admin }).push('team/app', image, 'latest');
  });
  afterAll(async () => {
    await moved?.close();
    await app.close();
    await database.drop();
    await removeDirectory(directory);
  });

  it('copies everything into one file, which is found where the person is', async () => {
    const { code, stdout, stderr } = await ofApp.run(['backup', 'berth.tar']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^${archive}: 3 blobs, [\\d.]+ KiB; \\d+ rows\\.\\n$`));
    expect(existsSync(archive)).toBe(true);
  });

  it('replaces no file, and restores none that is not there', async () => {
    expect(await ofApp.run(['backup', 'berth.tar'])).toMatchObject({
      code: 4,
      stderr: `${archive} exists already: name another file, or remove it.\n`,
    });
    expect(await ofNew.run(['restore', 'none.tar'])).toMatchObject({
      code: 3,
      stderr: `There is no file ${join(directory, 'none.tar')}.\n`,
    });
    expect((await ofNew.run(['restore'])).code).toBe(2);
  });

  it('brings it up in an empty Berth', async () => {
    expect(await ofNew.json(['restore', 'berth.tar'])).toMatchObject({ blobs: 3, damaged: [] });
    moved = await startApp({ env: newSettings });
    const client = new RegistryClient({ url: moved.url, credentials: app.admin });
    expect((await client.pullManifest('team/app', 'latest')).equals(image.bytes)).toBe(true);
    for (const { digest, bytes } of image.blobs) {
      expect((await client.pullBlob('team/app', digest)).equals(bytes)).toBe(true);
    }
    expect((await ofNew.run(['restore', 'berth.tar'])).stderr).toMatch(/^This Berth is not empty: .+\n$/);
  });
});
