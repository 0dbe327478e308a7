import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Pack, pack } from 'tar-stream';
import { entryBytes } from './archive-layout.js';

/** Only its owner may read it: it holds hashes of passwords, and what private repositories hold. */
const MODE = 0o600;

/** Writes the entries of an archive one after the other, from an offset on at which entries before end. */
export class ArchiveWriter {
  private readonly pack: Pack = pack();
  private readonly written: Promise<void>;

  constructor(
    private readonly file: string,
    private endBytes: number,
  ) {
    const flags = endBytes === 0 ? 'w' : 'r+';
    this.written = pipeline(this.pack, createWriteStream(file, { flags, start: endBytes, mode: MODE }));
    this.written.catch(() => undefined); // told to whoever adds the next entry
  }

  /** `source` must give exactly `sizeBytes`. Its chunks are kept until they are written. */
  async add(name: string, sizeBytes: number, source: AsyncIterable<Uint8Array>): Promise<void> {
    const entry = this.pack.entry({ name, size: sizeBytes, mode: MODE });
    const added = pipeline(source, entry);
    await Promise.race([added, this.written]);
    this.endBytes += entryBytes(sizeBytes);
  }

  async addJson(name: string, value: unknown): Promise<void> {
    const bytes = Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`);
    await this.add(name, bytes.length, Readable.from([bytes]));
  }

  /** Everything is on the disk when it answers. */
  async finish(): Promise<void> {
    this.pack.finalize();
    await this.written;
    const handle = await open(this.file, 'r+');
    try {
      const { size } = await handle.stat();
      if (size !== this.endBytes + 1024) throw new Error(`${this.file} has ${size} bytes, not as it should`);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  /** What is written stays, for another backup to go on with. */
  async abandon(): Promise<void> {
    this.pack.destroy();
    await this.written.catch(() => undefined);
  }
}
