import type { BlobStore, UploadState } from '../blob-store.js';
import type { FilesystemBlobStoreOptions } from '../filesystem-blob-store.js';
import type { S3BlobStoreOptions } from '../s3-client.js';
import { collect, digestOf, TestBytes } from './test-bytes.js';

/** Enough to make the same store in another process. */
export type StoreDescription =
  | { readonly kind: 'filesystem'; readonly options: FilesystemBlobStoreOptions }
  | { readonly kind: 's3'; readonly options: S3BlobStoreOptions };

/** A store that can be made to fail while an append goes on. */
export interface BreakableStore {
  readonly store: BlobStore;
  /** From here on appends fail, at the latest after 32 MiB. */
  break(): Promise<void>;
  repair(): Promise<void>;
  /** What an append then throws. */
  readonly error: new (
    ...args: never[]
  ) => Error;
}

/** What a driver's spec gives the contract. */
export interface StoreUnderTest {
  readonly description: StoreDescription;
  /** A new instance over the same data, as another process has one. */
  makeStore(): BlobStore;
  makeBreakable(): Promise<BreakableStore>;
  /** Throws if anything is left that neither `list` nor `listUploads` gives. */
  assertNothingHidden(): Promise<void>;
  stop(): Promise<void>;
}

/** The store of a test file, and what its tests do again and again. */
export class StoreBench {
  readonly bytes = new TestBytes('a blob');
  readonly otherBytes = new TestBytes('another blob');

  constructor(
    readonly underTest: StoreUnderTest,
    readonly store: BlobStore,
  ) {}

  /** Uploads the first bytes of `bytes` at once and returns the blob's key. */
  async push(sizeBytes: number, bytes = this.bytes): Promise<string> {
    const { state } = await this.store.append(this.store.begin(), bytes.chunks(0, sizeBytes));
    return (await this.store.finish(state)).key;
  }

  /** A state whose first bytes are those of `bytes`. */
  async begun(sizeBytes: number, bytes = this.bytes): Promise<UploadState> {
    return (await this.store.append(this.store.begin(), bytes.chunks(0, sizeBytes))).state;
  }

  async digest(key: string): Promise<{ digest: string; sizeBytes: number }> {
    return digestOf((await this.store.open(key)).chunks());
  }

  /** What `digest` is to give. */
  expected(sizeBytes: number, bytes = this.bytes): { digest: string; sizeBytes: number } {
    return { digest: bytes.digest(0, sizeBytes), sizeBytes };
  }

  async keys(): Promise<string[]> {
    return (await collect(this.store.list())).map(({ key }) => key);
  }

  async uploadKeys(): Promise<string[]> {
    return (await collect(this.store.listUploads())).map(({ key }) => key);
  }

  /** What a caller does that has no record of anything any more. */
  async removeLeftOvers(): Promise<void> {
    for (const key of await this.uploadKeys()) await this.store.removeUpload(key);
    await this.store.delete(await this.keys());
  }
}
