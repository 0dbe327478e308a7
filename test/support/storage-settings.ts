import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';

export type StorageKind = 'filesystem' | 's3';

/** Both drivers: for tests that must hold on each. */
export const storageKinds: readonly StorageKind[] = ['filesystem', 's3'];

/** The `BERTH_*` variables that select a store of the test's own. */
export function storageSettings(kind: StorageKind): Record<string, string> {
  if (kind === 'filesystem') return { BERTH_STORAGE: 'filesystem' };
  const minio = inject('minio');
  if (minio === null) throw new Error('this machine has no MinIO; .ci/run installs one');
  return {
    BERTH_STORAGE: 's3',
    BERTH_S3_ENDPOINT: minio.endpoint,
    BERTH_S3_BUCKET: `test-${randomBytes(8).toString('hex')}`,
    BERTH_S3_ACCESS_KEY: minio.accessKey,
    BERTH_S3_SECRET_KEY: minio.secretKey,
    BERTH_S3_PATH_STYLE: 'true',
  };
}
