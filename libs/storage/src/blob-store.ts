import type { Writable } from 'node:stream';

/** A half-open range of a blob's bytes: `start` inclusive, `end` exclusive, both in bytes. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * What a driver needs to go on with an upload, in any process: plain JSON, kept by the caller.
 * `key` is unique to the upload and is the blob's key once finished, unless `finish` says otherwise.
 * `offsetBytes` counts only bytes that are durable.
 */
export interface UploadState {
  readonly key: string;
  readonly offsetBytes: number;
  /** The driver's own record (multipart id, parts, remainder …). */
  readonly driver?: unknown;
}

export interface AppendOptions {
  /**
   * Called each time more bytes are durable, with the state that a crash from now on would leave;
   * awaited, so a caller that lost the upload to another writer can throw to stop the append.
   */
  onDurable?(state: UploadState): Promise<void>;
  /** Stops reading the source; what arrived so far is kept. */
  signal?: AbortSignal;
}

export interface AppendResult {
  readonly state: UploadState;
  /** Why the source ended early (client gone, aborted); undefined when all of it was taken. */
  readonly sourceError?: unknown;
}

/** A stored blob, opened; exactly one of `send`, `chunks` or `close` must follow. */
export interface OpenedBlob {
  /** Size of the whole blob in bytes, not of the range. */
  readonly sizeBytes: number;
  /** Writes the range to `to` with back pressure, does not end it; rejects if the store breaks or `to` closes. */
  send(to: Writable): Promise<void>;
  /** The range in chunks; each chunk is valid only until the next is asked for. */
  chunks(): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

export interface BlobReader {
  /** Throws `BlobMissing`, `RangeNotSatisfiable` (range outside the blob) or `StoreUnavailable`. */
  open(key: string, range?: ByteRange): Promise<OpenedBlob>;
  /** Undefined when there is no such blob. */
  stat(key: string): Promise<{ sizeBytes: number } | undefined>;
  /**
   * An address from which a client fetches the blob itself (valid `expiresInSeconds`),
   * or undefined for a driver or configuration that cannot give one.
   */
  presignGet(key: string, options: { expiresInSeconds: number }): Promise<string | undefined>;
}

export interface BlobWriter {
  /** A new, empty upload. Costs no call to the store. */
  begin(): UploadState;
  /**
   * Appends the source at `state.offsetBytes`, holding at most two parts in memory. Bytes beyond the state's
   * offset that an earlier, unrecorded append left are dropped. A failing source is no error: what arrived is made
   * durable and returned with `sourceError`. Throws `UploadConflict` (another writer is at it), `UploadMissing`
   * (the store no longer has it), `StoreFull` or `StoreUnavailable`; the state handed in stays valid after the last two.
   */
  append(
    state: UploadState,
    source: AsyncIterable<Uint8Array>,
    options?: AppendOptions,
  ): Promise<AppendResult>;
  /** The bytes so far of an unfinished upload, to hash them. */
  readUpload(state: UploadState): AsyncIterable<Uint8Array>;
  /**
   * Makes the upload a blob: afterwards `open(key)` gives exactly its bytes, also after a power cut. No byte is
   * copied. Throws `UploadConflict`, `UploadMissing`, `StoreUnavailable`. May be repeated after a crash.
   */
  finish(state: UploadState): Promise<{ key: string; sizeBytes: number }>;
  /** Removes an unfinished upload and all it left; no error if there is nothing. */
  abort(state: UploadState): Promise<void>;
}

export interface StoredObject {
  readonly key: string;
  readonly sizeBytes: number;
  readonly modifiedAt: Date;
}

export interface BlobRemover {
  /** Removes finished blobs, in batches where the store can; a missing one counts as removed. */
  delete(keys: readonly string[]): Promise<void>;
  /** Every finished blob, in no promised order. */
  list(): AsyncIterable<StoredObject>;
  /** What unfinished uploads left in the store, whoever began them. */
  listUploads(): AsyncIterable<{ key: string; startedAt: Date }>;
  /** Removes one left-over that `listUploads` gave. */
  removeUpload(key: string): Promise<void>;
}

/**
 * Where blobs lie. Keys are the store's own (they belong to uploads, not to digests); it knows nothing of
 * repositories, users or HTTP. Every driver passes `blob-store.contract.ts`.
 */
export interface BlobStore extends BlobReader, BlobWriter, BlobRemover {
  /** Makes what the store needs (folders, bucket) and fails with one clear sentence if it cannot be used. */
  prepare(): Promise<void>;
  /** Cheap call for readiness; throws `StoreUnavailable`. */
  check(): Promise<void>;
  close(): Promise<void>;
}
