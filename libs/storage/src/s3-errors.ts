import { setTimeout as delay } from 'node:timers/promises';
import {
  BlobMissing,
  BlobStoreError,
  StoreFull,
  StoreUnavailable,
  UploadConflict,
  UploadMissing,
} from './errors.js';

/** The store gave no answer to a request, or said that it could not now; another try may succeed. */
export class S3Unanswered extends Error {
  override readonly name = 'S3Unanswered';
  /** S3's error code, if the store gave one. */
  readonly code: string | undefined;
  /** The store took the request and was waited for as long as a caller waits: there is no time for another try. */
  readonly isLate: boolean;

  constructor(reason: string, options: ErrorOptions & { code?: string; isLate?: boolean } = {}) {
    super(reason, options);
    this.code = options.code;
    this.isLate = options.isLate ?? false;
  }
}

const FULL = new Set([
  'InsufficientStorage',
  'InsufficientStorageSpace',
  'QuotaExceeded',
  'XMinioAdminBucketQuotaExceeded',
  'XMinioStorageFull',
]);
const MISSING = new Set(['NoSuchKey', 'NotFound']);
/** Answers with a status below 500, or inside a 200, that mean no more than "not now". */
const PASSING = new Set([
  'InternalError',
  'OperationAborted',
  'RequestTimeout',
  'ServiceUnavailable',
  'SlowDown',
]);

const NETWORK = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ETIMEDOUT',
]);

const ATTEMPTS = 4;
/** Counted from the first failure: with the time limit on connecting, a store that is away is known within 5 s. */
const RETRY_WINDOW_MS = 2_500;
const FIRST_PAUSE_MS = 100;

/** Repeats a call that may safely be made twice while the store does not answer. Throws what the last one threw. */
export async function retrying<T>(call: () => Promise<T>): Promise<T> {
  let giveUpAt: number | undefined;
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      const pauseMs = FIRST_PAUSE_MS * 2 ** attempt * (0.5 + Math.random());
      giveUpAt ??= Date.now() + RETRY_WINDOW_MS;
      if (attempt === ATTEMPTS || !isPassing(error) || Date.now() + pauseMs > giveUpAt) throw error;
      await delay(pauseMs);
    }
  }
}

/** Runs calls that concern this key and throws the port's errors. */
export async function onS3<T>(key: string, calls: () => Promise<T>): Promise<T> {
  try {
    return await calls();
  } catch (error) {
    throw toBlobStoreError(error, key);
  }
}

/** S3's error code; also of an error inside a 200, which the client throws as a plain object. */
export function s3ErrorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const code = 'code' in error ? error.code : 'Code' in error ? error.Code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Whether the store was not heard at all, as opposed to one that refuses. */
export function isUnheard(error: unknown): boolean {
  const code = s3ErrorCode(error);
  return code === undefined || NETWORK.has(code);
}

export function isS3Missing(error: unknown): boolean {
  return MISSING.has(s3ErrorCode(error) ?? '');
}

/** The port's error for what a call about this key threw. */
export function toBlobStoreError(error: unknown, key: string): BlobStoreError {
  if (error instanceof BlobStoreError) return error;
  const code = s3ErrorCode(error) ?? '';
  if (FULL.has(code)) return new StoreFull({ cause: error });
  if (MISSING.has(code)) return new BlobMissing(key, { cause: error });
  if (code === 'NoSuchUpload') return new UploadMissing(key, { cause: error });
  if (code === 'InvalidPart') return new UploadConflict(key, { cause: error }); // another writer sent it anew
  return new StoreUnavailable([code, messageOf(error)].filter(Boolean).join(': '), { cause: error });
}

function isPassing(error: unknown): boolean {
  const code = s3ErrorCode(error) ?? '';
  if (FULL.has(code)) return false;
  if (error instanceof S3Unanswered) return !error.isLate;
  return PASSING.has(code) || NETWORK.has(code);
}

function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  return typeof error === 'object' && error !== null && 'Message' in error
    ? String(error.Message)
    : String(error);
}
