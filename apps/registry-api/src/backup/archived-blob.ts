import { createHash } from 'node:crypto';
import { BlobDamaged, BlobMissing, type BlobStore } from '@berth/storage';
import { blobEntry } from './archive-layout.js';
import type { ArchiveWriter } from './archive-writer.js';

export interface BlobToArchive {
  readonly digest: string;
  readonly sizeBytes: number;
  readonly storageKey: string;
}

/** Copies a blob into the archive. False when the store has lost or changed it: what was written then counts for nothing. */
export async function archiveBlob(
  store: BlobStore,
  archive: ArchiveWriter,
  blob: BlobToArchive,
): Promise<boolean> {
  const opened = await store.open(blob.storageKey).catch((error: unknown) => {
    if (error instanceof BlobMissing) return undefined;
    throw error;
  });
  if (!opened) return false;
  if (opened.sizeBytes !== blob.sizeBytes) {
    await opened.close();
    return false;
  }
  const [algorithm = ''] = blob.digest.split(':');
  const hash = createHash(algorithm);
  await archive.add(blobEntry(blob.digest), blob.sizeBytes, filled(opened.chunks(), blob.sizeBytes, hash));
  return `${algorithm}:${hash.digest('hex')}` === blob.digest;
}

/** An entry has the size it began with: what a damaged blob lacks is filled with zeros, which its digest tells. */
async function* filled(
  chunks: AsyncIterable<Uint8Array>,
  sizeBytes: number,
  hash: { update(bytes: Uint8Array): unknown },
): AsyncGenerator<Uint8Array> {
  let sentBytes = 0;
  try {
    for await (const chunk of chunks) {
      const copy = Buffer.from(chunk); // the store uses its buffer again before this is written
      hash.update(copy);
      sentBytes += copy.length;
      yield copy;
    }
  } catch (error) {
    if (!(error instanceof BlobDamaged)) throw error;
  }
  while (sentBytes < sizeBytes) {
    const zeros = Buffer.alloc(Math.min(sizeBytes - sentBytes, 1 << 16));
    sentBytes += zeros.length;
    yield zeros;
  }
}
