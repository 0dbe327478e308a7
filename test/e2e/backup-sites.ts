import { open } from 'node:fs/promises';
import type { BlobStore } from '@berth/storage';
import { inject } from 'vitest';
import { type BackupReport, backUp } from '../../apps/registry-api/src/backup/backup.js';
import { type RestoreReport, restore } from '../../apps/registry-api/src/backup/restore.js';
import { BLOB_STORE, createBlobStore } from '../../apps/registry-api/src/blobs/blob-store.provider.js';
import { parseEnv } from '../../apps/registry-api/src/env.js';
import { migrate } from '../../apps/registry-api/src/migrate.js';
import { startApp, type TestApp } from '../support/app.js';
import { createDatabase, type TestDatabase } from '../support/databases.js';
import { type StorageKind, storageSettings } from '../support/storage-settings.js';
import { removeDirectory, temporaryDirectory } from '../support/temporary-directory.js';

/** A database and a store in which nothing is yet: where a Berth can be restored to. */
export class EmptySite {
  private app?: TestApp;

  private constructor(
    readonly database: TestDatabase,
    readonly store: BlobStore,
    private readonly directory: string,
    private readonly env: Record<string, string>,
  ) {}

  static async make(kind: StorageKind): Promise<EmptySite> {
    const database = await createDatabase(inject('postgresUrl'));
    await migrate(database.url);
    const directory = await temporaryDirectory('site');
    const env = { ...storageSettings(kind), BERTH_DATA_DIR: directory };
    const parsed = parseEnv({ ...env });
    if (!parsed.ok) throw new Error(parsed.message);
    const store = createBlobStore(parsed.env);
    await store.prepare();
    return new EmptySite(database, store, directory, env);
  }

  restore(file: string): Promise<RestoreReport> {
    return restore({ databaseUrl: this.database.url, store: this.store, file });
  }

  /** Starts Berth on what was restored. */
  async start(): Promise<TestApp> {
    this.app = await startApp({ env: { ...this.env, BERTH_DATABASE_URL: this.database.url } });
    return this.app;
  }

  async remove(): Promise<void> {
    await this.app?.close();
    await this.store.close();
    await this.database.drop();
    await removeDirectory(this.directory);
  }
}

/** Backs a running app up, as the program does beside it. */
export function backUpApp(
  app: TestApp,
  file: string,
  onProgress?: Parameters<typeof backUp>[0]['onProgress'],
): Promise<BackupReport> {
  const store = app.nest.get<BlobStore>(BLOB_STORE, { strict: false });
  return backUp({ databaseUrl: app.databaseUrl, store, file, onProgress });
}

/** Changes one bit of a byte. */
export async function flipByte(file: string, position: number): Promise<void> {
  const handle = await open(file, 'r+');
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, position);
  await handle.write(Buffer.from([buffer[0]! ^ 1]), 0, 1, position);
  await handle.close();
}
