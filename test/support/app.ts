import type { NestExpressApplication } from '@nestjs/platform-express';
import { inject } from 'vitest';
import { bootstrapAdmin } from '../../apps/registry-api/src/accounts/bootstrap-admin.js';
import { createApp } from '../../apps/registry-api/src/app.js';
import { parseEnv } from '../../apps/registry-api/src/env.js';
import { migrate } from '../../apps/registry-api/src/migrate.js';
import { createDatabase } from './databases.js';
import { freePort } from './free-port.js';
import type { Credentials } from './registry-client.js';
import { statementsDuring } from './sql-count.js';
import { type StorageKind, storageSettings } from './storage-settings.js';
import { removeDirectory, temporaryDirectory } from './temporary-directory.js';

export interface TestApp {
  /** Where it listens; give it to supertest or `RegistryClient`. */
  url: string;
  /** `host:port`, as a client names the registry. */
  host: string;
  admin: Credentials;
  databaseUrl: string;
  /** For what HTTP cannot reach: `nest.get(SomeStore)`. */
  nest: NestExpressApplication;
  /** Every SQL statement sent while `work` runs, in order. */
  countSql(work: () => Promise<unknown>): Promise<string[]>;
  close(): Promise<void>;
}

export interface AppOptions {
  /** `filesystem` unless said otherwise. */
  storage?: StorageKind;
  /** More `BERTH_*` variables. */
  env?: Record<string, string>;
}

/** Starts the whole application in this process, on a database and a store of its own. */
export async function startApp(options: AppOptions = {}): Promise<TestApp> {
  const directory = await temporaryDirectory('app');
  const database = await createDatabase(inject('postgresUrl'));
  const admin = { username: 'admin', password: 'correct horse battery' };
  const port = await freePort();
  const parsed = parseEnv({
    BERTH_PORT: String(port),
    BERTH_DATA_DIR: directory,
    BERTH_DATABASE_URL: database.url,
    BERTH_ADMIN_USERNAME: admin.username,
    BERTH_ADMIN_PASSWORD: admin.password,
    BERTH_LOG_LEVEL: 'fatal',
    ...storageSettings(options.storage ?? 'filesystem'),
    ...options.env,
  });
  if (!parsed.ok) throw new Error(parsed.message);
  await migrate(database.url);
  await bootstrapAdmin(database.url, parsed.env.admin);
  const nest = await createApp(parsed.env);
  await nest.listen(port, '127.0.0.1');
  return {
    url: `http://127.0.0.1:${port}`,
    host: `localhost:${port}`,
    admin,
    databaseUrl: database.url,
    nest,
    countSql: statementsDuring,
    close: async () => {
      await nest.close();
      await database.drop();
      await removeDirectory(directory);
    },
  };
}
