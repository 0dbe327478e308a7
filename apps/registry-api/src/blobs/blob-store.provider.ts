import { type BlobStore, FilesystemBlobStore, S3BlobStore } from '@berth/storage';
import { type FactoryProvider } from '@nestjs/common';
import { ENV, type Env } from '../env.js';

/** Injection token of the configured blob store. */
export const BLOB_STORE = Symbol('BlobStore');

export const blobStoreProvider: FactoryProvider<Promise<BlobStore>> = {
  provide: BLOB_STORE,
  inject: [ENV],
  useFactory: async (env: Env) => {
    const store = createBlobStore(env);
    await store.prepare();
    return store;
  },
};

export function createBlobStore({ storage }: Pick<Env, 'storage'>): BlobStore {
  if (storage.kind === 'filesystem') return new FilesystemBlobStore({ directory: storage.directory });
  return new S3BlobStore(storage);
}
