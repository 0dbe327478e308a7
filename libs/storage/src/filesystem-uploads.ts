import { type FileHandle, open, readdir, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AppendOptions, AppendResult, UploadState } from './blob-store.js';
import { StoreFull, UploadConflict, UploadMissing } from './errors.js';
import type { StoreDirectory } from './filesystem-directory.js';
import { syncDirectory } from './filesystem-durability.js';
import { onStoreDisk, unlessMissing } from './filesystem-errors.js';
import { FilesystemOpenedBlob } from './filesystem-opened-blob.js';
import { cutToState, openStaged, StagedAppend } from './filesystem-staging.js';
import { UploadLock } from './filesystem-upload-lock.js';
import { isUploadKey, keyInPath } from './key-layout.js';

/** The unfinished uploads of a filesystem store: each a file in `uploads/`, which finishing renames into `blobs/`. */
export class FilesystemUploads {
  constructor(private readonly directory: StoreDirectory) {}

  append(
    state: UploadState,
    source: AsyncIterable<Uint8Array>,
    options: AppendOptions,
  ): Promise<AppendResult> {
    return this.whileLocked(state.key, async (lock) => {
      const file = await onStoreDisk(() => this.openForAppend(state));
      try {
        return await new StagedAppend(file, this.directory.uploads, lock, state, options).run(source);
      } finally {
        await onStoreDisk(() => file.close());
      }
    });
  }

  async *read(state: UploadState): AsyncGenerator<Uint8Array> {
    if (state.offsetBytes === 0) return;
    const file = await onStoreDisk(() => this.openForReading(state.key));
    const { size } = await onStoreDisk(() => file.stat());
    if (size < state.offsetBytes) {
      await file.close();
      throw new UploadMissing(state.key);
    }
    const range = { start: 0, end: state.offsetBytes };
    yield* new FilesystemOpenedBlob(file, state.key, size, range).chunks();
  }

  async finish(state: UploadState): Promise<{ key: string; sizeBytes: number }> {
    await this.whileLocked(state.key, () => onStoreDisk(() => this.moveToBlobs(state)));
    return { key: state.key, sizeBytes: state.offsetBytes };
  }

  /**
   * Does not wait for a writer: the file that it still writes is nobody's then, which it notices. Nor does it need
   * room for a lock.
   */
  async abort(key: string): Promise<void> {
    if (!isUploadKey(key)) return;
    const remove = () => removeFiles([this.directory.staged(key), this.directory.blob(key)]);
    try {
      await this.whileLocked(key, remove);
    } catch (error) {
      if (!(error instanceof UploadConflict || error instanceof StoreFull)) throw error;
      await remove();
    }
  }

  /** An upload that left nothing but a lock is given too. */
  async *list(): AsyncGenerator<{ key: string; startedAt: Date }> {
    const names = await onStoreDisk(() => readdir(this.directory.uploads));
    const given = new Set<string>();
    for (const name of names.sort()) {
      const key = keyInPath(name);
      if (!isUploadKey(key) || given.has(key)) continue;
      const found = await onStoreDisk(() => unlessMissing(stat(join(this.directory.uploads, name))));
      if (!found) continue;
      given.add(key);
      yield { key, startedAt: new Date(found.birthtimeMs || found.mtimeMs) };
    }
  }

  async removeStaged(key: string): Promise<void> {
    if (!isUploadKey(key)) return;
    try {
      await this.whileLocked(key, (lock) => this.removeAll(key, (path) => !lock.owns(path)));
    } catch (error) {
      if (!(error instanceof StoreFull)) throw error;
      await this.removeAll(key, () => true);
    }
  }

  private async removeAll(key: string, isToGo: (path: string) => boolean): Promise<void> {
    const names = await onStoreDisk(() => readdir(this.directory.uploads));
    const own = names.filter((name) => keyInPath(name) === key);
    await removeFiles(own.map((name) => join(this.directory.uploads, name)).filter(isToGo));
  }

  private async whileLocked<T>(key: string, work: (lock: UploadLock) => Promise<T>): Promise<T> {
    if (!isUploadKey(key)) throw new UploadMissing(key);
    const lock = await onStoreDisk(() => UploadLock.acquire(this.directory.lock(key), key));
    try {
      return await work(lock);
    } finally {
      await lock.release().catch(() => {}); // what was done is done; a lock left behind dies with this process
    }
  }

  private async openForAppend(state: UploadState): Promise<FileHandle> {
    const isFinished = (await unlessMissing(stat(this.directory.blob(state.key)))) !== undefined;
    if (isFinished) throw new UploadConflict(state.key);
    const file = await openStaged(this.directory.staged(state.key), state);
    if (!file) throw new UploadMissing(state.key);
    try {
      await cutToState(file, state);
      return file;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  private async openForReading(key: string): Promise<FileHandle> {
    for (const path of [this.directory.staged(key), this.directory.blob(key)]) {
      const file = await unlessMissing(open(path, 'r'));
      if (file) return file;
    }
    await this.directory.assertUsable();
    throw new UploadMissing(key);
  }

  private async moveToBlobs(state: UploadState): Promise<void> {
    const blob = this.directory.blob(state.key);
    const finished = await unlessMissing(stat(blob));
    if (finished && finished.size !== state.offsetBytes) throw new UploadConflict(state.key);
    if (!finished) {
      await this.completeStaged(state);
      await rename(this.directory.staged(state.key), blob);
    }
    await Promise.all([syncDirectory(dirname(blob)), syncDirectory(this.directory.uploads)]);
  }

  private async completeStaged(state: UploadState): Promise<void> {
    const file = await openStaged(this.directory.staged(state.key), state);
    if (!file) throw new UploadMissing(state.key);
    try {
      await cutToState(file, state);
      await file.datasync();
    } finally {
      await file.close();
    }
  }
}

async function removeFiles(paths: readonly string[]): Promise<void> {
  await onStoreDisk(() => Promise.all(paths.map((path) => unlessMissing(unlink(path)))));
}
