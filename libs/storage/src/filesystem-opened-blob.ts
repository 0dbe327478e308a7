import { type FileHandle } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import type { ByteRange, OpenedBlob } from './blob-store.js';
import { Destination } from './destination.js';
import { BlobDamaged } from './errors.js';
import { onStoreDisk } from './filesystem-errors.js';

const BUFFER_BYTES = 256 * 1024;
/** Enough for a few dozen downloads at once; what is above is left to the garbage collector. */
const POOLED_BUFFERS = 64;
const pool: Buffer[] = [];

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
    const buffers = [takeBuffer(), takeBuffer()] as const;
    try {
      let writing = Promise.resolve();
      for (let turn = 0; this.position < this.range.end; turn = 1 - turn) {
        const chunk = await this.readInto(buffers[turn as 0 | 1]);
        await writing;
        writing = destination.write(chunk);
        writing.catch(() => {}); // awaited a turn later
      }
      await writing;
      pool.push(...buffers.slice(0, Math.max(0, POOLED_BUFFERS - pool.length))); // after a failure they may be in use
    } finally {
      destination.release();
      await this.close();
    }
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    const buffer = takeBuffer();
    try {
      while (this.position < this.range.end) yield await this.readInto(buffer);
    } finally {
      await this.close();
    }
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  private async readInto(buffer: Buffer): Promise<Buffer> {
    const wanted = Math.min(buffer.length, this.range.end - this.position);
    const { bytesRead } = await onStoreDisk(() => this.file.read(buffer, 0, wanted, this.position));
    if (bytesRead === 0) throw new BlobDamaged(this.key);
    this.position += bytesRead;
    return buffer.subarray(0, bytesRead);
  }
}

function takeBuffer(): Buffer {
  return pool.pop() ?? Buffer.allocUnsafeSlow(BUFFER_BYTES);
}
