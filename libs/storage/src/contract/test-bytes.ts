import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';

/** A prime, so that no part or buffer begins where a repetition does. */
const BLOCK_BYTES = 1_048_583;
export const MIB = 1024 * 1024;

/** A long sequence of bytes that differs from seed to seed, any range of which can be made without the rest. */
export class TestBytes {
  private readonly block: Buffer;

  constructor(seed: string) {
    this.block = createHash('shake256', { outputLength: BLOCK_BYTES }).update(seed).digest();
  }

  /** The range in chunks of this size, each a copy of its own; yields to the event loop as a socket would. */
  async *chunks(start: number, end: number, chunkBytes = 64 * 1024): AsyncGenerator<Uint8Array> {
    for (let at = start; at < end; at += chunkBytes) {
      if ((at - start) % (16 * chunkBytes) === 0) await turn();
      yield this.slice(at, Math.min(end, at + chunkBytes));
    }
  }

  slice(start: number, end: number): Buffer {
    const bytes = Buffer.allocUnsafe(end - start);
    for (let filled = 0; filled < bytes.length; ) {
      filled += this.block.copy(bytes, filled, (start + filled) % BLOCK_BYTES);
    }
    return bytes;
  }

  /** SHA-256 of the range. */
  digest(start: number, end: number): string {
    const hash = createHash('sha256');
    for (let at = start; at < end; at += MIB) hash.update(this.slice(at, Math.min(end, at + MIB)));
    return hash.digest('hex');
  }
}

/** SHA-256 and length of all chunks. */
export async function digestOf(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ digest: string; sizeBytes: number }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of chunks) {
    hash.update(chunk);
    sizeBytes += chunk.length;
  }
  return { digest: hash.digest('hex'), sizeBytes };
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
