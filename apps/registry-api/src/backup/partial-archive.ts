import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { truncate } from 'node:fs/promises';
import { type ArchiveHeader, archiveHeader, digestOfEntry, entryBytes, HEADER } from './archive-layout.js';
import { readArchive, readJson } from './archive-reader.js';
import { BackupRefused } from './backup-refused.js';

export interface PartialArchive {
  readonly header: ArchiveHeader;
  /** Where the next entry goes. */
  readonly endBytes: number;
}

/**
 * What a backup that broke off has left, cut behind its last whole blob, so that another one goes on there. Every byte
 * is read again: what a power cut took is noticed. Undefined when there is nothing to go on with.
 */
export async function openPartialArchive(
  file: string,
  onBlob: (digest: string, sizeBytes: number) => Promise<void>,
): Promise<PartialArchive | undefined> {
  if (!existsSync(file)) return undefined;
  let header: ArchiveHeader | undefined;
  let endBytes = 0;
  try {
    for await (const entry of readArchive(file)) {
      if (entry.name === HEADER) {
        header = await readJson(entry, archiveHeader);
      } else {
        const digest = digestOfEntry(entry.name);
        if (digest === undefined) break; // tables are of a snapshot that has gone
        const [algorithm = ''] = digest.split(':');
        const hash = createHash(algorithm);
        for await (const chunk of entry.bytes) hash.update(chunk);
        if (`${algorithm}:${hash.digest('hex')}` === digest) await onBlob(digest, entry.sizeBytes);
      }
      endBytes += entryBytes(entry.sizeBytes);
    }
  } catch (error) {
    if (!(error instanceof BackupRefused)) throw error;
  }
  if (!header) return undefined;
  await truncate(file, endBytes);
  return { header, endBytes };
}
