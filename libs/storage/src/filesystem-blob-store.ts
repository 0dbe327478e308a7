import { constants } from 'node:fs';
import { open, readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  AppendOptions,
  AppendResult,
  BlobStore,
  ByteRange,
  OpenedBlob,
  StoredObject,
  UploadState,
} from './blob-store.js';
import { rangeWithin } from './byte-range.js';
import { BlobMissing } from './errors.js';
import { StoreDirectory } from './filesystem-directory.js';
import { writeDurably } from './filesystem-durability.js';
import { onStoreDisk, unlessMissing } from './filesystem-errors.js';
import { FilesystemOpenedBlob } from './filesystem-opened-blob.js';
import { FilesystemUploads } from './filesystem-uploads.js';
import { isUploadKey, newUploadKey } from './key-layout.js';

/** What a listing asks of the disk at once; libuv has four threads for it. */
const STATS_AT_ONCE = 32;

export interface FilesystemBlobStoreOptions {
  /** A folder that nothing else uses; made if it is not there. Several processes may share it. */
  readonly directory: string;
}

/** Blobs as files. What it answered as durable or finished survives a power cut, as far as the disk keeps its word. */
export class FilesystemBlobStore implements BlobStore {
  private readonly directory: StoreDirectory;
  private readonly uploads: FilesystemUploads;

  constructor(options: FilesystemBlobStoreOptions) {
    this.directory = new StoreDirectory(options.directory);
    this.uploads = new FilesystemUploads(this.directory);
  }

  prepare(): Promise<void> {
    return this.directory.prepare();
  }

  check(): Promise<void> {
    return this.directory.assertUsable();
  }

  async close(): Promise<void> {}

  async open(key: string, range?: ByteRange): Promise<OpenedBlob> {
    if (!isUploadKey(key)) throw new BlobMissing(key);
    return onStoreDisk(async () => {
      const path = this.directory.blob(key);
      const file = await unlessMissing(open(path, constants.O_RDONLY | constants.O_NOFOLLOW));
      if (!file) return this.missing(key);
      try {
        const { size } = await file.stat();
        return new FilesystemOpenedBlob(file, key, size, rangeWithin(range, size));
      } catch (error) {
        await file.close();
        throw error;
      }
    });
  }

  async stat(key: string): Promise<{ sizeBytes: number } | undefined> {
    if (!isUploadKey(key)) return undefined;
    const found = await onStoreDisk(() => unlessMissing(stat(this.directory.blob(key))));
    if (found) return { sizeBytes: found.size };
    await this.directory.assertUsable();
    return undefined;
  }

  async presignGet(): Promise<undefined> {
    return undefined;
  }

  begin(): UploadState {
    return { key: newUploadKey(), offsetBytes: 0 };
  }

  append(
    state: UploadState,
    source: AsyncIterable<Uint8Array>,
    options: AppendOptions = {},
  ): Promise<AppendResult> {
    return this.uploads.append(state, source, options);
  }

  readUpload(state: UploadState): AsyncIterable<Uint8Array> {
    return this.uploads.read(state);
  }

  finish(state: UploadState): Promise<{ key: string; sizeBytes: number }> {
    return this.uploads.finish(state);
  }

  abort(state: UploadState): Promise<void> {
    return this.uploads.abort(state.key);
  }

  /** No lock: nobody else knows the key before it is answered. */
  async put(bytes: Uint8Array): Promise<{ key: string; sizeBytes: number }> {
    const key = newUploadKey();
    const path = this.directory.blob(key);
    await onStoreDisk(async () => {
      try {
        await writeDurably(path, bytes);
      } catch (error) {
        await unlessMissing(unlink(path)).catch(() => {}); // others need the room
        throw error;
      }
    });
    return { key, sizeBytes: bytes.length };
  }

  async delete(keys: readonly string[]): Promise<void> {
    await this.directory.assertUsable();
    await onStoreDisk(async () => {
      for (const key of keys.filter(isUploadKey)) await unlessMissing(unlink(this.directory.blob(key)));
    });
  }

  async *list({ after = '' }: { after?: string } = {}): AsyncGenerator<StoredObject> {
    const { blobs } = this.directory;
    const behind = (names: string[], start: string) => names.filter((name) => name >= start);
    for (const first of behind(await namesIn(blobs), after.slice(0, 1))) {
      for (const second of await namesIn(join(blobs, first))) {
        if (first + second >= after.slice(0, 2)) yield* this.blobsIn(join(blobs, first, second), after);
      }
    }
  }

  listUploads(): AsyncIterable<{ key: string; startedAt: Date }> {
    return this.uploads.list();
  }

  removeUpload(key: string): Promise<void> {
    return this.uploads.removeStaged(key);
  }

  private async missing(key: string): Promise<never> {
    await this.directory.assertUsable();
    throw new BlobMissing(key);
  }

  private async *blobsIn(folder: string, after: string): AsyncGenerator<StoredObject> {
    const keys = (await namesIn(folder)).filter((key) => isUploadKey(key) && key > after);
    for (let from = 0; from < keys.length; from += STATS_AT_ONCE) {
      const batch = keys.slice(from, from + STATS_AT_ONCE);
      const found = await onStoreDisk(() =>
        Promise.all(batch.map((key) => unlessMissing(stat(join(folder, key))))),
      );
      for (const [index, stats] of found.entries()) {
        if (stats) yield { key: batch[index] ?? '', sizeBytes: stats.size, modifiedAt: stats.mtime };
      }
    }
  }
}

/** In byte order. */
async function namesIn(folder: string): Promise<string[]> {
  return (await onStoreDisk(() => readdir(folder))).sort();
}
