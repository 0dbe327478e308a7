import { z } from 'zod';

/*
 * An archive is a plain tar file. Bytes come before what names them, so that it can be restored as it is read, and a
 * backup that broke off goes on behind its last whole blob:
 *
 *   berth-backup.json             which archive, made by which schema
 *   blobs/sha256/<hex>            one file a blob, in no order; sha512 in two components of 64
 *   tables.json                   tables in the order in which they can be filled, and their columns
 *   tables/<name>/<number>        pieces of what COPY wrote of a table, in its text format
 *   contents.json                 what there must be, and how the counters stood: an archive without it is cut short
 */

export const archiveHeader = z.object({
  format: z.literal(1, 'is of a newer Berth'),
  id: z.uuid(),
  startedAt: z.iso.datetime(),
  /** Of the database it was made from; only the same ones can take it. */
  migrations: z.array(z.string()),
});
export type ArchiveHeader = z.output<typeof archiveHeader>;

export const archiveTables = z.array(z.object({ name: z.string(), columns: z.array(z.string()) }));
export type ArchiveTables = z.output<typeof archiveTables>;

export const archiveContents = z.object({
  tables: z.array(z.object({ name: z.string(), rows: z.number(), sha256: z.string() })),
  sequences: z.array(z.object({ name: z.string(), lastValue: z.string() })),
  /** Blobs that have a row but no bytes in the archive, since the store had lost or changed them. */
  damaged: z.array(z.string()),
});
export type ArchiveContents = z.output<typeof archiveContents>;

export const HEADER = 'berth-backup.json';
export const TABLES = 'tables.json';
export const CONTENTS = 'contents.json';
const BLOCK_BYTES = 512;

/** Fits into a tar header as it is, whatever the algorithm: each entry has exactly one. */
export function blobEntry(digest: string): string {
  const [algorithm, hex = ''] = digest.split(':');
  return ['blobs', algorithm, ...(hex.match(/.{1,64}/g) ?? [])].join('/');
}

/** The digest of a blob's entry; undefined for any other entry. */
export function digestOfEntry(name: string): string | undefined {
  const match = /^blobs\/(sha256|sha512)\/([0-9a-f/]+)$/.exec(name);
  return match ? `${match[1]}:${match[2]?.replaceAll('/', '')}` : undefined;
}

export function tableEntry(table: string, number: number): string {
  return `tables/${table}/${String(number).padStart(8, '0')}`;
}

export function tableOfEntry(name: string): string | undefined {
  return /^tables\/([a-z0-9_]+)\/\d+$/.exec(name)?.[1];
}

/** What an entry takes of the file, its header included. */
export function entryBytes(sizeBytes: number): number {
  return BLOCK_BYTES + Math.ceil(sizeBytes / BLOCK_BYTES) * BLOCK_BYTES;
}
