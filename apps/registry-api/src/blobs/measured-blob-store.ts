import type { AppendOptions, BlobStore, ByteRange, UploadState } from '@berth/storage';
import type { StoreMetrics } from '../metrics/store-metrics.js';

/** A blob store whose calls are counted. */
export class MeasuredBlobStore implements BlobStore {
  constructor(
    private readonly store: BlobStore,
    private readonly metrics: StoreMetrics,
  ) {}

  prepare() {
    return this.metrics.measure('prepare', () => this.store.prepare());
  }

  check() {
    return this.metrics.measure('check', () => this.store.check());
  }

  close() {
    return this.store.close();
  }

  open(key: string, range?: ByteRange) {
    return this.metrics.measure('open', () => this.store.open(key, range));
  }

  stat(key: string) {
    return this.metrics.measure('stat', () => this.store.stat(key));
  }

  presignGet(key: string, options: { expiresInSeconds: number }) {
    return this.store.presignGet(key, options);
  }

  begin() {
    return this.store.begin();
  }

  async append(state: UploadState, source: AsyncIterable<Uint8Array>, options?: AppendOptions) {
    this.metrics.writing.inc();
    try {
      return await this.metrics.measure('append', () => this.store.append(state, source, options));
    } finally {
      this.metrics.writing.dec();
    }
  }

  readUpload(state: UploadState) {
    return this.store.readUpload(state);
  }

  finish(state: UploadState) {
    return this.metrics.measure('finish', () => this.store.finish(state));
  }

  abort(state: UploadState) {
    return this.metrics.measure('abort', () => this.store.abort(state));
  }

  put(bytes: Uint8Array) {
    return this.metrics.measure('put', () => this.store.put(bytes));
  }

  delete(keys: readonly string[]) {
    return this.metrics.measure('delete', () => this.store.delete(keys));
  }

  list(options?: { readonly after?: string }) {
    return this.store.list(options);
  }

  listUploads() {
    return this.store.listUploads();
  }

  removeUpload(key: string) {
    return this.metrics.measure('remove-upload', () => this.store.removeUpload(key));
  }
}
