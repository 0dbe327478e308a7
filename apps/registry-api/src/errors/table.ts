import { BlobMissing, StoreFull, StoreUnavailable, UploadConflict, UploadMissing } from '@berth/storage';
import { isDatabaseUnavailable, violatedReference } from '../database/database.js';
import { asQuotaExceeded } from '../quotas/quota-exceeded.js';
import * as errors from './domain-errors.js';

/** How an error looks on the wire: HTTP status, the spec's code, further headers. */
export interface WireError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly detail?: unknown;
  readonly headers?: Record<string, string>;
  /** Several errors of one answer (spec, "Error Codes": `errors` is a list). */
  readonly all?: readonly { code: string; message: string; detail?: unknown }[];
}

type ErrorClass = abstract new (...args: never[]) => Error;

/** Distribution spec, "Error Codes"; codes that it lacks are the field's usual ones. */
const table: readonly (readonly [ErrorClass, number, string])[] = [
  [errors.Unauthorized, 401, 'UNAUTHORIZED'],
  [errors.NameUnknown, 404, 'NAME_UNKNOWN'],
  [errors.Denied, 403, 'DENIED'],
  [errors.QuotaExceeded, 403, 'DENIED'],
  [errors.TagImmutable, 403, 'DENIED'],
  [errors.NameInvalid, 400, 'NAME_INVALID'],
  [errors.DigestInvalid, 400, 'DIGEST_INVALID'],
  [errors.TagInvalid, 400, 'TAG_INVALID'],
  [errors.PaginationInvalid, 400, 'PAGINATION_NUMBER_INVALID'],
  [errors.ManifestUnknown, 404, 'MANIFEST_UNKNOWN'],
  [errors.ManifestInvalid, 400, 'MANIFEST_INVALID'],
  [errors.ManifestReferencesUnknown, 404, 'MANIFEST_BLOB_UNKNOWN'],
  [errors.ManifestTooLarge, 413, 'SIZE_INVALID'],
  [errors.StillReferenced, 405, 'UNSUPPORTED'],
  [errors.BlobUnknown, 404, 'BLOB_UNKNOWN'],
  [errors.UploadUnknown, 404, 'BLOB_UPLOAD_UNKNOWN'],
  [errors.UploadInvalid, 400, 'BLOB_UPLOAD_INVALID'],
  [errors.UploadBusy, 409, 'BLOB_UPLOAD_INVALID'],
  [errors.UploadOutOfOrder, 416, 'BLOB_UPLOAD_INVALID'],
  [errors.SizeInvalid, 400, 'SIZE_INVALID'],
  [errors.UploadTooLarge, 413, 'SIZE_INVALID'],
  [errors.RangeUnsatisfiable, 416, 'RANGE_INVALID'],
  [errors.RouteUnknown, 404, 'UNSUPPORTED'],
  [errors.RequestInvalid, 400, 'INVALID'],
  [errors.MediaTypeUnsupported, 415, 'UNSUPPORTED'],
  [errors.NotFound, 404, 'NOT_FOUND'],
  [errors.Conflict, 409, 'CONFLICT'],
  [errors.TooManyAttempts, 429, 'TOOMANYREQUESTS'],
  [errors.TooManyRequests, 429, 'TOOMANYREQUESTS'],
  [errors.SignInBusy, 503, 'UNAVAILABLE'],
  [errors.TooManyStreams, 429, 'TOOMANYREQUESTS'],
  [errors.StreamsBusy, 503, 'UNAVAILABLE'],
  [errors.ProviderUnreachable, 503, 'UNAVAILABLE'],
  [UploadConflict, 409, 'BLOB_UPLOAD_INVALID'],
  [UploadMissing, 404, 'BLOB_UPLOAD_UNKNOWN'],
  [BlobMissing, 404, 'BLOB_UNKNOWN'],
  [StoreFull, 507, 'UNAVAILABLE'],
  [StoreUnavailable, 503, 'UNAVAILABLE'],
];

/** The wire form of a known error; undefined for one that must only be logged. */
export function toWireError(thrown: unknown): WireError | undefined {
  const error = asQuotaExceeded(thrown);
  const row = table.find(([errorClass]) => error instanceof errorClass);
  if (!row) return fromDatabase(error);
  const [, status, code] = row;
  const known = error as Error & { detail?: unknown };
  return { status, code, message: known.message, detail: known.detail, ...extras(error) };
}

function fromDatabase(error: unknown): WireError | undefined {
  if (isDatabaseUnavailable(error)) return databaseUnavailable;
  return violatedReference(error)?.endsWith('_repository_fk') ? repositoryGone : undefined;
}

/** It was deleted between the decision and the write. */
const repositoryGone: WireError = {
  status: 404,
  code: 'NAME_UNKNOWN',
  message: 'The repository was deleted while this request ran.',
};

const databaseUnavailable: WireError = {
  status: 503,
  code: 'UNAVAILABLE',
  message: 'The database cannot be reached at the moment: try again.',
  headers: { 'Retry-After': '2' },
};

function extras(error: unknown): Partial<WireError> {
  if (error instanceof errors.UploadOutOfOrder) {
    const { location: Location, offsetBytes } = error;
    return { headers: { Location, Range: uploadRange(offsetBytes), 'Upload-Offset': String(offsetBytes) } };
  }
  if (error instanceof errors.RangeUnsatisfiable)
    return { headers: { 'Content-Range': `bytes */${error.sizeBytes}` } };
  if (error instanceof errors.TooManyAttempts)
    return { headers: { 'Retry-After': String(error.retryAfterSeconds) } };
  if (error instanceof errors.TooManyRequests) return { headers: { 'Retry-After': '1' } };
  if (error instanceof errors.SignInBusy) return { headers: { 'Retry-After': '2' } };
  if (error instanceof errors.TooManyStreams || error instanceof errors.StreamsBusy)
    return { headers: { 'Retry-After': '30' } };
  if (error instanceof StoreUnavailable) return { message: unavailable, headers: { 'Retry-After': '5' } };
  if (error instanceof StoreFull) return { message: full };
  if (error instanceof UploadMissing) return { message: new errors.UploadUnknown('').message };
  if (error instanceof BlobMissing) return { message: 'This blob is damaged: push it again.' };
  if (error instanceof errors.ManifestReferencesUnknown) return { all: unknownReferences(error) };
  return {};
}

const unavailable = 'The blob store cannot be reached at the moment: try again.';
const full = 'The blob store has no space left: ask an admin of this Berth to free some.';

function unknownReferences(error: errors.ManifestReferencesUnknown): WireError['all'] {
  return [
    ...error.blobs.map((digest) => ({
      code: 'MANIFEST_BLOB_UNKNOWN',
      message: `This repository has no blob ${digest}: push it before the manifest.`,
      detail: { digest },
    })),
    ...error.manifests.map((digest) => ({
      code: 'MANIFEST_BLOB_UNKNOWN',
      message: `This repository has no manifest ${digest}: push it before the index.`,
      detail: { digest },
    })),
  ];
}

/**
 * Distribution spec, "Pushing a blob in chunks": the position of the last byte. For an upload without bytes the spec has
 * no form; `0-0` is what CNCF Distribution and Docker Hub send, and `Upload-Offset` beside it tells it from one byte.
 */
export function uploadRange(offsetBytes: number): string {
  return `0-${Math.max(0, offsetBytes - 1)}`;
}
