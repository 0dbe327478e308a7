import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { AppendOptions, AppendResult, UploadState } from './blob-store.js';
import { StoreFull, UploadConflict, UploadMissing } from './errors.js';
import { settled, syncDirectory } from './filesystem-durability.js';
import { onStoreDisk } from './filesystem-errors.js';
import type { UploadLock } from './filesystem-upload-lock.js';
import { PartPipeline } from './part-pipeline.js';
import { SourceReader } from './source-reader.js';

/** One block is written while the next fills; a larger one is no longer in the processor's cache when it is. */
const BLOCK_BYTES = 256 * 1024;
/** The disk works on so much while as much again arrives: at the end there is little left to wait for. */
const SYNC_EVERY_BYTES = 16 * 1024 * 1024;
/** How often a state is given to record. A crash in a long append costs so much, and what is not synced yet. */
const DURABLE_EVERY_BYTES = 64 * 1024 * 1024;

/** Opens the bytes of an upload, made if there are none yet. Undefined if there should be some and are not. */
export async function openStaged(path: string, state: UploadState): Promise<FileHandle | undefined> {
  const create = state.offsetBytes === 0 ? constants.O_CREAT : 0;
  try {
    return await open(path, constants.O_RDWR | create, 0o644);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && !create) return undefined;
    throw error;
  }
}

/** Drops what lies beyond the state. Throws `UploadMissing` if less than that is there. */
export async function cutToState(file: FileHandle, state: UploadState): Promise<void> {
  const { size } = await file.stat();
  if (size < state.offsetBytes) throw new UploadMissing(state.key);
  if (size > state.offsetBytes) await file.truncate(state.offsetBytes);
}

/**
 * One append to the staged bytes of an upload, whose lock is held. Bytes are received and written while those before
 * them are synced.
 */
export class StagedAppend {
  private state: UploadState;
  private offsetBytes: number;
  /** Up to here bytes are synced, or being synced. */
  private syncedBytes: number;
  private syncing: Promise<void> = Promise.resolve();

  constructor(
    private readonly file: FileHandle,
    /** The folder that the file lies in. */
    private readonly folder: string,
    private readonly lock: UploadLock,
    state: UploadState,
    private readonly options: AppendOptions,
  ) {
    this.state = state;
    this.offsetBytes = state.offsetBytes;
    this.syncedBytes = state.offsetBytes;
  }

  async run(source: AsyncIterable<Uint8Array>): Promise<AppendResult> {
    const reader = new SourceReader(source, this.options.signal);
    const pipeline = new PartPipeline({ sizeOf: () => BLOCK_BYTES, send: (block) => this.write(block) });
    try {
      for (let chunk = await reader.next(); chunk; chunk = await reader.next()) await pipeline.add(chunk);
      await this.write(await pipeline.rest());
      await this.syncing;
      if (this.offsetBytes > this.state.offsetBytes) await this.makeDurable(this.offsetBytes);
      return { state: this.state, sourceError: reader.error };
    } catch (error) {
      reader.close();
      await pipeline.idle();
      await this.syncing.catch(() => {});
      // Others need the room. Whether it works or not, the next append does the same.
      if (error instanceof StoreFull) await this.file.truncate(this.state.offsetBytes).catch(() => {});
      throw error;
    }
  }

  private async write(block: Buffer): Promise<void> {
    await onStoreDisk(async () => {
      for (let written = 0; written < block.length; ) {
        const { bytesWritten } = await this.file.write(
          block,
          written,
          block.length - written,
          this.offsetBytes,
        );
        written += bytesWritten;
        this.offsetBytes += bytesWritten;
      }
    });
    if (this.offsetBytes - this.syncedBytes < SYNC_EVERY_BYTES) return;
    await this.syncing;
    this.syncing = this.sync(this.offsetBytes);
    this.syncing.catch(() => {}); // thrown to who waits for it next
  }

  private async sync(offsetBytes: number): Promise<void> {
    this.syncedBytes = offsetBytes;
    if (offsetBytes - this.state.offsetBytes < DURABLE_EVERY_BYTES) {
      return onStoreDisk(() => this.file.datasync());
    }
    await this.makeDurable(offsetBytes);
    await this.options.onDurable?.(this.state);
  }

  /** The bytes before this offset are written. */
  private async makeDurable(offsetBytes: number): Promise<void> {
    await onStoreDisk(async () => {
      const isNew = this.state.offsetBytes === 0;
      await settled([this.file.datasync(), isNew ? syncDirectory(this.folder) : undefined]);
      await this.assertOurs();
    });
    this.state = { ...this.state, offsetBytes };
  }

  private async assertOurs(): Promise<void> {
    await this.lock.assertHeld();
    const { nlink } = await this.file.stat();
    if (nlink === 0) throw new UploadConflict(this.state.key); // aborted by another
  }
}
