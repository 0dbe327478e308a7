import { type FileHandle } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import type { ByteRange, OpenedBlob } from './blob-store.js';
import { Destination } from './destination.js';
import { BlobDamaged } from './errors.js';
import { onStoreDisk } from './filesystem-errors.js';
import { beginTransfer, returnBuffer, takeBuffer } from './transfer-buffers.js';

/** A blob in an open file, which every way of reading closes. */
export class FilesystemOpenedBlob implements OpenedBlob {
  private position: number;

  constructor(
    private readonly file: FileHandle,
    private readonly key: string,
    readonly sizeBytes: number,
    private readonly range: ByteRange,
  ) {
    this.position = range.start;
  }

  /**
   * Two buffers in turn: while one is written, the other is read into. On a level with sendfile; a `createReadStream`
   * reaches a third to two thirds of it.
   */
  async send(to: Writable): Promise<void> {
    const destination = new Destination(to);
    const endTransfer = beginTransfer();
    const first = takeBuffer(this.remainingBytes);
    const buffers = [first, takeBuffer(this.remainingBytes - first.length)] as const;
    try {
      let writing = Promise.resolve();
      for (let turn = 0; this.remainingBytes > 0; turn = 1 - turn) {
        const chunk = await this.readInto(buffers[turn as 0 | 1]);
        await writing;
        writing = destination.write(chunk);
        writing.catch(() => {}); // awaited a turn later
      }
      await writing;
      for (const buffer of buffers) returnBuffer(buffer); // after a failure they may be in use
    } finally {
      endTransfer();
      destination.release();
      await this.close();
    }
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    const buffer = takeBuffer(this.remainingBytes);
    try {
      while (this.remainingBytes > 0) yield await this.readInto(buffer);
    } finally {
      returnBuffer(buffer);
      await this.close();
    }
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  private get remainingBytes(): number {
    return this.range.end - this.position;
  }

  private async readInto(buffer: Buffer): Promise<Buffer> {
    const wanted = Math.min(buffer.length, this.remainingBytes);
    const { bytesRead } = await onStoreDisk(() => this.file.read(buffer, 0, wanted, this.position));
    if (bytesRead === 0) throw new BlobDamaged(this.key);
    this.position += bytesRead;
    return buffer.subarray(0, bytesRead);
  }
}
