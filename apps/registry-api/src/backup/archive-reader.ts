import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import type { z } from 'zod';
import { BackupRefused } from './backup-refused.js';

export interface ArchiveEntry {
  readonly name: string;
  readonly sizeBytes: number;
  /** To be read to its end, or left alone, before the next entry is asked for. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** The entries of an archive, in their order. Throws `BackupRefused` where the file ends too early or is no archive. */
export async function* readArchive(file: string): AsyncGenerator<ArchiveEntry> {
  const source = createReadStream(file, { highWaterMark: 1 << 20 });
  const entries = extract();
  source.once('error', (error) => entries.destroy(error));
  source.pipe(entries);
  try {
    for await (const entry of throughout(file, entries)) {
      const { name, size = 0 } = entry.header;
      const bytes = entry as unknown as Readable;
      yield { name, sizeBytes: size, bytes: throughout<Uint8Array>(file, bytes) };
      if (!bytes.readableEnded && !bytes.destroyed) bytes.resume();
    }
  } finally {
    source.destroy();
  }
}

/** A file that ends too early is told as one, wherever in it that is noticed. */
async function* throughout<T>(file: string, source: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* source;
  } catch (cause) {
    if (!/Unexpected end of data|Invalid tar header/.test(String(cause))) throw cause;
    throw new BackupRefused(`${file} is no whole archive: it is damaged or cut short.`, { cause });
  }
}

/** A small entry of JSON. Throws `BackupRefused` when it is not what it should be. */
export async function readJson<S extends z.ZodType>(entry: ArchiveEntry, schema: S): Promise<z.output<S>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of entry.bytes) chunks.push(chunk);
  const parsed = schema.safeParse(parseJson(Buffer.concat(chunks).toString()));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new BackupRefused(
    `The archive cannot be read: ${entry.name} ${issue?.path.join('.')} ${issue?.message}.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
