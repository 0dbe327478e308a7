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
  /** The variables it runs with. */
  env: Record<string, string>;
  /** For what HTTP cannot reach: `nest.get(SomeStore)`. */
  nest: NestExpressApplication;
  /** Every SQL statement sent while `work` runs, in order. */
  countSql(work: () => Promise<unknown>): Promise<string[]>;
  close(): Promise<void>;
}

export interface AppOptions {
  /** `filesystem` unless said otherwise. */
  storage?: StorageKind;
  /** More `BERTH_*` variables. Without `BERTH_JOBS: 'on'` nothing happens but what the test asks for. */
  env?: Record<string, string>;
  /** On the database and the store of this one, which closes last. */
  replicaOf?: TestApp;
}

/** Starts the whole application in this process, on a database and a store of its own. */
export async function startApp(options: AppOptions = {}): Promise<TestApp> {
  const { replicaOf } = options;
  const ground = replicaOf ? undefined : await newGround(options.storage ?? 'filesystem');
  const port = await freePort();
  const env: Record<string, string> = {
    ...(replicaOf ?? ground!).env,
    ...options.env,
    BERTH_PORT: String(port),
  };
  const parsed = parseEnv(env);
  if (!parsed.ok) throw new Error(parsed.message);
  if (ground) {
    await migrate(env.BERTH_DATABASE_URL!);
    await bootstrapAdmin(env.BERTH_DATABASE_URL!, parsed.env.admin);
  }
  const nest = await createApp(parsed.env);
  await nest.listen(port, '127.0.0.1');
  return {
    url: `http://127.0.0.1:${port}`,
    host: `localhost:${port}`,
    admin: { username: env.BERTH_ADMIN_USERNAME!, password: env.BERTH_ADMIN_PASSWORD! },
    databaseUrl: env.BERTH_DATABASE_URL!,
    env,
    nest,
    countSql: statementsDuring,
    close: async () => {
      await nest.close();
      await ground?.remove();
    },
  };
}

/** A database, a store and an admin: what replicas share. */
async function newGround(storage: StorageKind) {
  const directory = await temporaryDirectory('app');
  const database = await createDatabase(inject('postgresUrl'));
  const env: Record<string, string> = {
    BERTH_DATA_DIR: directory,
    BERTH_DATABASE_URL: database.url,
    BERTH_ADMIN_USERNAME: 'admin',
    BERTH_ADMIN_PASSWORD: 'correct horse battery',
    BERTH_LOG_LEVEL: 'fatal',
    BERTH_JOBS: 'off',
    ...storageSettings(storage),
  };
  const remove = async () => {
    await database.drop();
    await removeDirectory(directory);
  };
  return { env, remove };
}
