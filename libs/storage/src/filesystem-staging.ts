import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { AppendOptions, AppendResult, UploadState } from './blob-store.js';
import { StoreFull, UploadConflict, UploadMissing } from './errors.js';
import { syncDirectory } from './filesystem-durability.js';
import { onStoreDisk } from './filesystem-errors.js';
import type { UploadLock } from './filesystem-upload-lock.js';
import { PartPipeline } from './part-pipeline.js';
import { SourceReader } from './source-reader.js';

/** One block is written while the next fills. */
const BLOCK_BYTES = 1024 * 1024;
/** What a crash in a long append may cost. */
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

/** One append to the staged bytes of an upload, whose lock is held. */
export class StagedAppend {
  private state: UploadState;
  private offsetBytes: number;

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
  }

  async run(source: AsyncIterable<Uint8Array>): Promise<AppendResult> {
    const reader = new SourceReader(source, this.options.signal);
    const pipeline = new PartPipeline({ sizeOf: () => BLOCK_BYTES, send: (block) => this.write(block) });
    try {
      for (let chunk = await reader.next(); chunk; chunk = await reader.next()) await pipeline.add(chunk);
      await this.write(await pipeline.rest());
      if (this.offsetBytes > this.state.offsetBytes) await this.makeDurable();
      return { state: this.state, sourceError: reader.error };
    } catch (error) {
      reader.close();
      await pipeline.idle();
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
    if (this.offsetBytes - this.state.offsetBytes < DURABLE_EVERY_BYTES) return;
    await this.makeDurable();
    await this.options.onDurable?.(this.state);
  }

  private async makeDurable(): Promise<void> {
    await onStoreDisk(async () => {
      const isNew = this.state.offsetBytes === 0;
      await Promise.all([this.file.datasync(), isNew && syncDirectory(this.folder)]);
      await this.assertOurs();
    });
    this.state = { ...this.state, offsetBytes: this.offsetBytes };
  }

  private async assertOurs(): Promise<void> {
    await this.lock.assertHeld();
    const { nlink } = await this.file.stat();
    if (nlink === 0) throw new UploadConflict(this.state.key); // aborted by another
  }
}
