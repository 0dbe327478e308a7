import { type BlobStore, FilesystemBlobStore, S3BlobStore } from '@berth/storage';
import { type FactoryProvider } from '@nestjs/common';
import { ENV, type Env } from '../env.js';
import { StoreMetrics } from '../metrics/store-metrics.js';
import { MeasuredBlobStore } from './measured-blob-store.js';

/** Injection token of the configured blob store. */
export const BLOB_STORE = Symbol('BlobStore');

export const blobStoreProvider: FactoryProvider<Promise<BlobStore>> = {
  provide: BLOB_STORE,
  inject: [ENV, StoreMetrics],
  useFactory: async (env: Env, metrics: StoreMetrics) => {
    const store = new MeasuredBlobStore(createBlobStore(env), metrics);
    await store.prepare();
    return store;
  },
};

export function createBlobStore({ storage }: Pick<Env, 'storage'>): BlobStore {
  if (storage.kind === 'filesystem') return new FilesystemBlobStore({ directory: storage.directory });
  return new S3BlobStore(storage);
}
