import { setTimeout as delay } from 'node:timers/promises';
import type { UploadState } from './blob-store.js';
import { BlobMissing, UploadConflict, UploadMissing } from './errors.js';
import type { S3Bucket } from './s3-bucket.js';
import type { Multipart } from './s3-multipart.js';

/** What the S3 driver keeps in `UploadState.driver`. Everything it names stays as it is until the caller, by handing
 * in a later state, shows that this one is recorded no more. */
export interface S3UploadRecord {
  /** From the first full part on. */
  readonly multipart?: Multipart;
  /** The bytes after the last part: a `.rest` object or, without parts, the object that is to be the blob. */
  readonly rest?: { readonly name: string; readonly sizeBytes: number; readonly etag: string };
  /** Objects that states before this one named and this one does not. */
  readonly superseded?: readonly string[];
}

export function recordOf(state: UploadState): S3UploadRecord {
  return (state.driver as S3UploadRecord | undefined) ?? {};
}

/** The names of all single objects of a record. */
export function objectsOf({ rest, superseded = [] }: S3UploadRecord): string[] {
  return rest ? [rest.name, ...superseded] : [...superseded];
}

/**
 * What it means that something a record names is not there: `UploadConflict` if the blob stands, so that another
 * writer finished, else `UploadMissing`. Any other error is given back.
 */
export async function lossOf(
  error: unknown,
  key: string,
  { multipart }: S3UploadRecord,
  bucket: S3Bucket,
): Promise<unknown> {
  if (!(error instanceof BlobMissing || error instanceof UploadMissing)) return error;
  const isFinished = multipart !== undefined && (await isThereSoon(multipart.name, bucket));
  return isFinished ? new UploadConflict(key, { cause: error }) : new UploadMissing(key, { cause: error });
}

/** Stores may forget a multipart upload a moment before the object that they make of it is there; versitygw does. */
async function isThereSoon(name: string, bucket: S3Bucket): Promise<boolean> {
  for (const pauseMs of [0, 100, 400]) {
    await delay(pauseMs);
    if (await bucket.stat(name)) return true;
  }
  return false;
}
