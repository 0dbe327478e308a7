export interface TarEntry {
  path: string;
  /** A file's bytes; a folder when both this and `linkTo` are missing. */
  bytes?: Uint8Array;
  /** Makes the entry a symbolic link. */
  linkTo?: string;
  mode?: number;
}

const blockBytes = 512;

/** A POSIX ustar archive. Paths and link targets up to 100 bytes. */
export function tar(entries: readonly TarEntry[]): Buffer {
  const blocks = entries.flatMap((entry) => {
    const bytes = Buffer.from(entry.bytes ?? []);
    return [header(entry, bytes.length), bytes, Buffer.alloc(padding(bytes.length))];
  });
  return Buffer.concat([...blocks, Buffer.alloc(2 * blockBytes)]);
}

function header(entry: TarEntry, sizeBytes: number): Buffer {
  const block = Buffer.alloc(blockBytes);
  const octal = (value: number, offset: number, length: number) =>
    block.write(`${value.toString(8).padStart(length - 1, '0')}\0`, offset, 'ascii');
  const isFolder = entry.bytes === undefined && entry.linkTo === undefined;
  block.write(entry.path, 0, 100, 'utf8');
  octal(entry.mode ?? (isFolder ? 0o755 : 0o644), 100, 8);
  octal(0, 108, 8); // owner
  octal(0, 116, 8); // group
  octal(sizeBytes, 124, 12);
  octal(0, 136, 12); // time
  block.write(' '.repeat(8), 148, 'ascii'); // the checksum counts its own field as spaces
  block.write(entry.linkTo !== undefined ? '2' : isFolder ? '5' : '0', 156, 'ascii');
  block.write(entry.linkTo ?? '', 157, 100, 'utf8');
  block.write('ustar\x0000', 257, 'ascii');
  const checksum = block.reduce((sum, byte) => sum + byte, 0);
  block.write(`${checksum.toString(8).padStart(6, '0')}\0 `, 148, 'ascii');
  return block;
}

function padding(sizeBytes: number): number {
  return (blockBytes - (sizeBytes % blockBytes)) % blockBytes;
}
