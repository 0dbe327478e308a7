import { readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app.js';
import { adminToken } from '../support/authorization.js';
import { randomBlob, randomImage } from '../support/images.js';
import { RegistryClient } from '../support/registry-client.js';
import { removeDirectory, temporaryDirectory } from '../support/temporary-directory.js';
import { World } from '../support/world.js';
import { backUpApp, EmptySite, flipByte } from './backup-sites.js';

let app: TestApp;
let directory: string;
let archive: string;
const sites: EmptySite[] = [];

beforeAll(async () => {
  directory = await temporaryDirectory('archives');
  archive = join(directory, 'whole.tar');
  app = await startApp();
  const client = new RegistryClient({ url: app.url, credentials: await adminToken(app), scheme: 'basic' });
  await client.push('team/app', randomImage(), '1');
  await client.pushBlob('team/app', randomBlob(3 << 20));
  await backUpApp(app, archive);
});
afterAll(async () => {
  for (const site of sites) await site.remove();
  await app?.close();
  await removeDirectory(directory);
});

async function emptySite(): Promise<EmptySite> {
  const site = await EmptySite.make('filesystem');
  sites.push(site);
  return site;
}

describe('a backup or a restore refuses in one sentence', () => {
  it('to write over a file', async () => {
    await expect(backUpApp(app, archive)).rejects.toThrow(/exists already/);
  });

  it('a Berth in which there is something', async () => {
    const site = await emptySite();
    await site.start();
    await expect(site.restore(archive)).rejects.toThrow(/not empty/);
  });

  it('a store in which there is something', async () => {
    const site = await emptySite();
    const { store } = site;
    const { state } = await store.append(store.begin(), oneChunk(Buffer.from('of another Berth')));
    await store.finish(state);
    await expect(site.restore(archive)).rejects.toThrow(/store is not empty/);
  });

  it('another schema', async () => {
    const site = await emptySite();
    const there = await World.open(site.database.url);
    await there.sql(`DELETE FROM migrations WHERE id = (SELECT max(id) FROM migrations)`);
    await there.close();
    await expect(site.restore(archive)).rejects.toThrow(/another version of Berth/);
  });

  it.each([
    { what: 'a blob', find: () => 1 << 20, sentence: /has not the bytes of sha256:/ },
    {
      what: 'a table',
      find: (bytes: Buffer) => bytes.lastIndexOf('team/app'),
      sentence: /the table \w+ is not as it was written/,
    },
  ])(
    'an archive in which a byte of $what has changed, and leaves nothing behind',
    async ({ find, sentence }) => {
      const file = join(directory, `flipped-${find.name}-${find.length}.tar`);
      await cp(archive, file);
      await flipByte(file, find(readFileSync(file)));
      const site = await emptySite();
      await expect(site.restore(file)).rejects.toThrow(sentence);
      const there = await World.open(site.database.url);
      expect(await there.sql('SELECT FROM users')).toHaveLength(0);
      await there.close();
      expect((await site.restore(archive)).blobs).toBe(3);
    },
  );

  it('what is no archive', async () => {
    const file = join(directory, 'no-archive');
    await cp(import.meta.filename, file);
    await expect((await emptySite()).restore(file)).rejects.toThrow(/no whole archive/);
  });
});

async function* oneChunk(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
