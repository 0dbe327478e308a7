import { randomUUID } from 'node:crypto';
import { Digest, type DigestAlgorithm } from '@berth/oci';
import type { BlobStore, UploadState } from '@berth/storage';
import { Inject, Injectable } from '@nestjs/common';
import { BLOB_STORE } from '../blobs/blob-store.provider.js';
import { DigestInvalid, SizeInvalid, UploadOutOfOrder } from '../errors/domain-errors.js';
import { PushProgress, type TrackedUpload } from '../events/push-progress.js';
import { RunningHash, RunningHashes } from './running-hashes.js';
import { joined } from './small-body.js';
import { type FinishedBlob, offsetOf, type UploadRecord } from './upload.store.js';
import { appendBody, type UploadBody } from './upload-body.js';
import type { UploadLease } from './upload-lease.js';

/** The bytes of a request that is part of an upload, and what its headers say of them. */
export interface Chunk extends UploadBody {
  /** Where the client means to write (Content-Range); undefined: at the end. */
  readonly startBytes?: number;
}

/** An upload after an append; `sourceError` says why the client's bytes ended too early, if they did. */
export interface Written extends Pick<UploadRecord, 'state' | 'digestSoFar' | 'held'> {
  readonly sourceError?: unknown;
}

/** The bytes of uploads on their way into the store: hashed, and told of to who follows the push, as they pass. */
@Injectable()
export class UploadWriter {
  constructor(
    @Inject(BLOB_STORE) private readonly store: BlobStore,
    @Inject(RunningHashes) private readonly hashes: RunningHashes,
    @Inject(PushProgress) private readonly progress: PushProgress,
  ) {}

  begin(repositoryId: string, algorithm: DigestAlgorithm): UploadRecord {
    const upload: UploadRecord = { id: randomUUID(), algorithm, state: this.store.begin() };
    this.track(repositoryId, upload.id).advance(0);
    return upload;
  }

  track(repositoryId: string, uploadId?: string): TrackedUpload {
    return this.progress.track(repositoryId, uploadId);
  }

  /**
   * Streams a chunk to the end of an upload; whatever arrived of a broken one is kept. Throws `UploadOutOfOrder` with
   * `location`, and lets the lease go then.
   */
  async append(
    lease: UploadLease,
    chunk: Chunk,
    {
      progress,
      location,
      algorithm,
    }: { progress: TrackedUpload; location: string; algorithm?: DigestAlgorithm },
  ): Promise<Written> {
    const { id, state: before, held } = lease.upload;
    const offsetBytes = offsetOf(lease.upload);
    if (chunk.startBytes !== undefined && chunk.startBytes !== offsetBytes) {
      await lease.release(lease.upload);
      throw new UploadOutOfOrder(location, offsetBytes);
    }
    const body = held ? after(held, chunk) : chunk;
    const hash = this.hashes.take(id, algorithm ?? lease.upload.algorithm, before.offsetBytes);
    try {
      const { state, sourceError } = await appendBody(this.store, before, body, { hash, progress }, lease);
      const isHashed = hash !== undefined && hash.offsetBytes === state.offsetBytes;
      if (isHashed) this.hashes.keep(id, hash);
      return { state, digestSoFar: isHashed ? hash.digest() : undefined, sourceError };
    } catch (error) {
      await lease.letGo();
      throw error;
    }
  }

  /** A blob in a single request. Nothing of it is kept when it is not whole. */
  async write(body: UploadBody, digest: Digest, progress: TrackedUpload): Promise<FinishedBlob> {
    const hash = new RunningHash(digest.algorithm);
    const { state, sourceError } = await appendBody(this.store, this.store.begin(), body, { hash, progress });
    try {
      if (sourceError !== undefined) throw sourceError;
      requireDigest(digest, hash.digest());
    } catch (error) {
      progress.cancel();
      await this.store.abort(state);
      throw error;
    }
    // From here on the bytes stay whatever happens: a lost answer of the database does not say that nothing was written.
    return this.complete(state, digest);
  }

  /** A blob of bytes that are all there. Throws `DigestInvalid` before anything is written. */
  async put(bytes: Buffer, digest: Digest, known?: string): Promise<FinishedBlob> {
    requireDigest(
      digest,
      known?.startsWith(`${digest.algorithm}:`) ? known : digestOf(bytes, digest.algorithm),
    );
    const { key, sizeBytes } = await this.store.put(bytes);
    return { digest, sizeBytes, storageKey: key };
  }

  /** Makes an object of an upload. Throws `DigestInvalid`, and what ended its bytes too early. */
  async finish({ state, digestSoFar, held, sourceError }: Written, digest: Digest): Promise<FinishedBlob> {
    if (sourceError !== undefined) throw sourceError;
    if (held) return this.put(held, digest, digestSoFar);
    requireDigest(digest, await this.digestOf(state, digest.algorithm, digestSoFar));
    return this.complete(state, digest);
  }

  async discard(state: UploadState): Promise<void> {
    await this.store.abort(state);
  }

  /** Objects that no record names any more. */
  async remove(unusedKeys: readonly string[]): Promise<void> {
    if (unusedKeys.length > 0) await this.store.delete([...unusedKeys]);
  }

  private async complete(state: UploadState, digest: Digest): Promise<FinishedBlob> {
    const { key, sizeBytes } = await this.store.finish(state);
    return { digest, sizeBytes, storageKey: key };
  }

  /** Hashes the bytes from the store only when no single process saw them all. */
  private async digestOf(
    state: UploadState,
    algorithm: DigestAlgorithm,
    known: string | undefined,
  ): Promise<string> {
    if (known?.startsWith(`${algorithm}:`)) return known;
    const hash = new RunningHash(algorithm);
    for await (const chunk of this.store.readUpload(state)) hash.update(chunk);
    if (hash.offsetBytes !== state.offsetBytes)
      throw new SizeInvalid('The store has not all bytes of this upload.');
    return hash.digest();
  }
}

/** A chunk that goes on where the bytes end that wait with the upload's record. */
function after(held: Buffer, { source, lengthBytes }: Chunk): UploadBody {
  return {
    source: joined(held, source),
    lengthBytes: lengthBytes === undefined ? undefined : held.length + lengthBytes,
  };
}

export function digestOf(bytes: Uint8Array, algorithm: DigestAlgorithm): string {
  return Digest.ofBytes(bytes, algorithm).text;
}

function requireDigest(wanted: Digest, got: string): void {
  if (wanted.text === got) return;
  throw new DigestInvalid(
    `The bytes that arrived have the digest ${got}, not ${wanted.text}: send them again.`,
    { wanted: wanted.text, got },
  );
}
