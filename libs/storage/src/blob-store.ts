import type { Writable } from 'node:stream';

/** A half-open range of a blob's bytes: `start` inclusive, `end` exclusive, both in bytes. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * What a driver needs to go on with an upload, in any process: plain JSON, kept by the caller.
 * `key` is unique to the upload; `finish` says which key the blob has.
 * `offsetBytes` counts only bytes that are durable.
 *
 * Callers keep the latest state and hand in no other: a driver takes what lies beyond a state for the remains of a
 * crash and drops it. That no two requests record states of one upload at once is the caller's to see to; a driver
 * only sees to it that bytes of two writers never end up in one blob while both are at it.
 */
export interface UploadState {
  readonly key: string;
  readonly offsetBytes: number;
  /** The driver's own record (multipart id, parts, remainder …). */
  readonly driver?: unknown;
}

export interface AppendOptions {
  /**
   * Called with the state to record each time more bytes are durable and still more come; the last state is the one
   * that `append` returns. Awaited, so a caller that lost the upload to another writer can throw to stop the append.
   */
  onDurable?(state: UploadState): Promise<void>;
  /** Stops reading the source as if it had failed; what arrived so far is kept. */
  signal?: AbortSignal;
}

export interface AppendResult {
  readonly state: UploadState;
  /** Why the source ended early (client gone, aborted); undefined when all of it was taken. */
  readonly sourceError?: unknown;
}

/**
 * A stored blob, opened; exactly one of `send`, `chunks` or `close` must follow. If the store breaks in the middle,
 * or has fewer bytes than it said, the first two throw `StoreUnavailable` or `BlobDamaged`: less is never passed as
 * all.
 */
export interface OpenedBlob {
  /** Size of the whole blob in bytes, not of the range. */
  readonly sizeBytes: number;
  /**
   * Writes the range to `to` with back pressure and does not end it. Throws `DestinationClosed` if `to` closes first.
   * `to` must be done with a chunk when it calls back, as sockets and HTTP responses are: the buffer is used again.
   */
  send(to: Writable): Promise<void>;
  /** The range in chunks; each is valid only until the next is asked for. Leaving the loop closes the blob. */
  chunks(): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

export interface BlobReader {
  /** Throws `BlobMissing`, `RangeNotSatisfiable` (not all of the range is in the blob) or `StoreUnavailable`. */
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
   * Appends the source at `state.offsetBytes`, holding at most two parts in memory: the memory of a chunk may be used
   * again once the next is asked for. Bytes beyond the state's
   * offset that an earlier, unrecorded append left are dropped. A failing source is no error: what arrived is made
   * durable and returned with `sourceError`. Throws `UploadConflict` (another writer is at it), `UploadMissing`
   * (the store no longer has it), `StoreFull` or `StoreUnavailable`; after the last two the latest state, handed in
   * or given to `onDurable`, stays valid. A source that is not read to its end is closed (its iterator's `return`).
   */
  append(
    state: UploadState,
    source: AsyncIterable<Uint8Array>,
    options?: AppendOptions,
  ): Promise<AppendResult>;
  /**
   * The bytes so far of an unfinished upload, to hash them. Only this again, `finish` or `abort` may follow: a store
   * that cannot read an open upload (S3) closes it first. Throws as `finish` does.
   */
  readUpload(state: UploadState): AsyncIterable<Uint8Array>;
  /**
   * Makes the upload a blob: afterwards `open(key)` gives exactly its bytes, also after a power cut. No blob is
   * copied. Throws `UploadConflict`, `UploadMissing`, `StoreFull`, `StoreUnavailable`. May be repeated, after a crash
   * or any error but the first two, and gives the same key again.
   */
  finish(state: UploadState): Promise<{ key: string; sizeBytes: number }>;
  /**
   * Removes an unfinished upload and all that its state names, also the blob of a `finish` that was never recorded.
   * So never call it once the blob is recorded. No error if there is nothing.
   */
  abort(state: UploadState): Promise<void>;
  /**
   * Makes a blob of bytes that are all there, under a key that no upload has: afterwards `open(key)` gives exactly
   * them, also after a power cut. One file, or one request to the store. For small ones: they are held in memory, and
   * what a crash leaves of one is an object without a record. Throws `StoreFull`, `StoreUnavailable`.
   */
  put(bytes: Uint8Array): Promise<{ key: string; sizeBytes: number }>;
}

export interface StoredObject {
  readonly key: string;
  readonly sizeBytes: number;
  readonly modifiedAt: Date;
}

export interface BlobRemover {
  /** Removes finished blobs, in batches where the store can; a missing one counts as removed. */
  delete(keys: readonly string[]): Promise<void>;
  /**
   * Every finished blob in the byte order of keys, from the first behind `after` on, so that a caller can compare it
   * with its own ordered records and go on where it stopped. Reads the store in pages of some thousand objects, however
   * many there are; what is written or removed meanwhile may be in it or not. A store without renaming (S3) gives the
   * bytes of small unfinished uploads too, under keys that begin with the upload's. So an object of which there is no
   * record is a left-over only once it is older than any upload lives. Throws `StoreUnavailable`.
   */
  list(options?: { readonly after?: string }): AsyncIterable<StoredObject>;
  /**
   * The keys (those of `UploadState`) of uploads that have something staged in the store, each once: those under way
   * and those that a crash left over, which only the caller's records tell apart. Small ones may be in `list` instead.
   */
  listUploads(): AsyncIterable<{ key: string; startedAt: Date }>;
  /** Removes what `listUploads` gave a key for; never a blob. Throws `UploadConflict` if a writer is seen at it. */
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
