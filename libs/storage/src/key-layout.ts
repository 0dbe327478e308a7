import { randomBytes } from 'node:crypto';

/*
 * Where everything lies. `<id>` is 128 random bits in hex, the key of an upload; `<nonce>` is 64 more. The first two
 * digits of an id spread blobs over 256 folders: a million blobs are 4,000 a folder.
 *
 * In a directory (filesystem driver)
 *   blobs/a/b/<id>                        a blob, under the key <id>
 *   uploads/<id>                          the bytes of an unfinished upload; finishing renames it
 *   uploads/<id>.lock                     who writes it now
 *   uploads/<id>.lock-<nonce>             who took it over from the dead holder that has this nonce
 *
 * In a bucket (S3 driver)
 *   blobs/a/b/<id>-<nonce>                a blob, under the key <id>-<nonce>; or what came so far of an unfinished
 *                                         upload smaller than a part, which finishing leaves where it is
 *   uploads/a/b/<id>-<nonce>.multipart    empty: a multipart upload of blobs/a/b/<id>-<nonce> may be open. MinIO
 *                                         lists those by exact name only, so their names have to be kept
 *   uploads/a/b/<id>-<nonce>.rest         bytes of such an upload that do not fill a part yet
 *
 * A nonce is new for every object written, so no writer ever changes what another one, or a record, refers to.
 */

/** Folder or prefix of finished blobs. */
export const BLOBS = 'blobs';
/** Folder or prefix of what only unfinished uploads need. */
export const UPLOADS = 'uploads';

const ID = /^[0-9a-f]{32}$/;
const ID_AND_NONCE = /^([0-9a-f]{32})-[0-9a-f]{16}$/;

/** A key for a new upload. */
export function newUploadKey(): string {
  return randomBytes(16).toString('hex');
}

export function newNonce(): string {
  return randomBytes(8).toString('hex');
}

/** True for what `newUploadKey` gives: such a key is one path segment and cannot lead anywhere else. */
export function isUploadKey(text: string): boolean {
  return ID.test(text);
}

/** A key for a new object of this upload. */
export function newObjectKey(uploadKey: string): string {
  return `${uploadKey}-${newNonce()}`;
}

/** The key under which an upload of no bytes ends, always the same: there is only one content. */
export function emptyObjectKey(uploadKey: string): string {
  return `${uploadKey}-${'0'.repeat(16)}`;
}

/** The upload that an object of the S3 driver belongs to; undefined for a key that is none of its. */
export function uploadKeyOf(objectKey: string): string | undefined {
  return ID_AND_NONCE.exec(objectKey)?.[1];
}

/** `blobs/a/b/<key>` */
export function blobPath(key: string): string {
  return `${shardPath(BLOBS, key)}/${key}`;
}

/** `uploads/a/b/<key>.multipart` or `….rest` */
export function stagedPath(key: string, kind: 'multipart' | 'rest'): string {
  return `${shardPath(UPLOADS, key)}/${key}.${kind}`;
}

/** `blobs/a/b` */
export function shardPath(top: string, key: string): string {
  return `${top}/${key.slice(0, 1)}/${key.slice(1, 2)}`;
}

/** What follows the last slash, and before the first dot after it: the key in a path of this layout. */
export function keyInPath(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.indexOf('.');
  return dot === -1 ? name : name.slice(0, dot);
}
