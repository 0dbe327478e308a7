import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../scripts/start/embedded-postgres.mjs';
import { findTool } from '../../scripts/tools/tools.mjs';
import { type ObjectStore, startMinio } from './object-stores.js';
import { removeDirectory, temporaryDirectory } from './temporary-directory.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser's address of a real Postgres, shared by the files of a tier. */
    postgresUrl: string;
    /** A real MinIO, or null on a machine without one. */
    minio: Pick<ObjectStore, 'endpoint' | 'accessKey' | 'secretKey'> | null;
  }
}

/** Starts the servers that the files of a tier share, and stops them when the last file is done. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await temporaryDirectory('servers');
  const postgres = await startPostgres({ dataDirectory: join(directory, 'postgres'), durable: false });
  const minio = findTool('minio') === null ? null : await startMinio();
  project.provide('postgresUrl', postgres.url);
  project.provide(
    'minio',
    minio && { endpoint: minio.endpoint, accessKey: minio.accessKey, secretKey: minio.secretKey },
  );
  return async () => {
    await minio?.stop();
    await postgres.stop();
    await removeDirectory(directory);
  };
}
