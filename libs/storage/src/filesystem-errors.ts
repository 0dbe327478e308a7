import { BlobStoreError, StoreFull, StoreUnavailable } from './errors.js';

/** EFBIG: a limit on the size of files (`ulimit -f`, or the file system's own) is a lack of space too. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Runs calls of `node:fs` and throws `StoreFull` or `StoreUnavailable` for what the system answers. */
export async function onStoreDisk<T>(calls: () => Promise<T>): Promise<T> {
  try {
    return await calls();
  } catch (error) {
    throw toStoreError(error);
  }
}

/** The code of a system error (`ENOENT` …); undefined for any other error. */
export function systemErrorCode(error: unknown): string | undefined {
  return error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : undefined;
}

/** The answer of a call that may find nothing: undefined for ENOENT. */
export async function unlessMissing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function toStoreError(error: unknown): unknown {
  if (error instanceof BlobStoreError) return error;
  const code = systemErrorCode(error);
  if (code === undefined) return error;
  if (FULL.has(code)) return new StoreFull({ cause: error });
  return new StoreUnavailable((error as Error).message, { cause: error });
}
