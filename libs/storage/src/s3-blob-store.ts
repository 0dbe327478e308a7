import type {
  AppendOptions,
  AppendResult,
  BlobStore,
  ByteRange,
  OpenedBlob,
  StoredObject,
  UploadState,
} from './blob-store.js';
import { isRange, rangeWithin } from './byte-range.js';
import { BlobMissing, RangeNotSatisfiable, StoreUnavailable } from './errors.js';
import {
  BLOBS,
  blobPath,
  keyInPath,
  newNonce,
  newObjectKey,
  newUploadKey,
  UPLOADS,
  uploadKeyOf,
} from './key-layout.js';
import { S3Bucket } from './s3-bucket.js';
import { createS3Client, encryptionHeaders, type S3BlobStoreOptions, type S3Client } from './s3-client.js';
import { isUnheard, onS3 } from './s3-errors.js';
import { S3Multiparts } from './s3-multipart.js';
import { S3OpenedBlob } from './s3-opened-blob.js';
import { S3Uploads } from './s3-uploads.js';

/** A store that is away is known within 5 s: two tries to connect, or one to get an answer. */
const CONNECT_TIMEOUT_MS = 2_000;
const ANSWER_TIMEOUT_MS = 4_000;
const IDLE_TIMEOUT_MS = 30_000;
const CHECK_TIMEOUT_MS = 2_000;

/** Blobs as objects of one bucket, in MinIO or any other store that speaks S3. */
export class S3BlobStore implements BlobStore {
  private readonly main: S3Client;
  /** Signs for the address that clients reach the store under. Sends nothing. */
  private readonly public: S3Client;
  /** Gives up early. */
  private readonly checking: S3Client;
  private answering?: Promise<boolean>;
  private readonly bucket: S3Bucket;
  private readonly uploads: S3Uploads;

  /** Throws an `Error` in one sentence if the options cannot be used. */
  constructor(private readonly options: S3BlobStoreOptions) {
    const limits = {
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      idleTimeoutMs: IDLE_TIMEOUT_MS,
      answerTimeoutMs: ANSWER_TIMEOUT_MS,
      isAnswering: () => this.isAnswering(),
    };
    const headers = encryptionHeaders(options.serverSideEncryption);
    this.main = createS3Client(options.endpoint, options, limits);
    this.public = createS3Client(options.publicEndpoint ?? options.endpoint, options, limits);
    this.checking = createS3Client(options.endpoint, options, {
      connectTimeoutMs: CHECK_TIMEOUT_MS,
      idleTimeoutMs: CHECK_TIMEOUT_MS,
    });
    this.bucket = new S3Bucket(this.main.client, options.bucket, headers);
    this.uploads = new S3Uploads(this.bucket, new S3Multiparts(this.bucket, headers));
  }

  async prepare(): Promise<void> {
    await this.bucket.prepare();
    const probe = `${UPLOADS}/probe-${newNonce()}`;
    await this.bucket.put(probe, Buffer.alloc(0));
    await this.bucket.remove([probe]);
  }

  async check(): Promise<void> {
    const { bucket } = this.options;
    const isThere = await onS3(bucket, () => this.checking.client.bucketExists(bucket));
    if (!isThere) throw new StoreUnavailable(`there is no bucket ${bucket}`);
  }

  async close(): Promise<void> {
    for (const client of [this.main, this.public, this.checking]) client.close();
  }

  async open(key: string, range?: ByteRange): Promise<OpenedBlob> {
    if (!isBlobKey(key)) throw new BlobMissing(key);
    const response = range && !isRange(range) ? undefined : await this.bucket.get(blobPath(key), range);
    if (!response) throw await this.notSatisfiable(key);
    const total = /\/(\d+)$/.exec(response.headers['content-range'] ?? '')?.[1];
    const sizeBytes = Number(range ? total : response.headers['content-length']);
    try {
      if (Number.isNaN(sizeBytes)) throw new StoreUnavailable('an answer does not tell the size');
      const { start, end } = rangeWithin(range, sizeBytes);
      return new S3OpenedBlob(response, key, sizeBytes, end - start);
    } catch (error) {
      response.destroy();
      throw error;
    }
  }

  async stat(key: string): Promise<{ sizeBytes: number } | undefined> {
    if (!isBlobKey(key)) return undefined;
    const found = await this.bucket.stat(blobPath(key));
    return found && { sizeBytes: found.sizeBytes };
  }

  async presignGet(
    key: string,
    { expiresInSeconds }: { expiresInSeconds: number },
  ): Promise<string | undefined> {
    if (!this.options.redirect || !isBlobKey(key)) return undefined;
    return this.public.client.presignedGetObject(this.options.bucket, blobPath(key), expiresInSeconds);
  }

  begin(): UploadState {
    return { key: newUploadKey(), offsetBytes: 0 };
  }

  append(
    state: UploadState,
    source: AsyncIterable<Uint8Array>,
    options: AppendOptions = {},
  ): Promise<AppendResult> {
    return this.uploads.append(state, source, options);
  }

  readUpload(state: UploadState): AsyncIterable<Uint8Array> {
    return this.uploads.read(state);
  }

  finish(state: UploadState): Promise<{ key: string; sizeBytes: number }> {
    return this.uploads.finish(state);
  }

  abort(state: UploadState): Promise<void> {
    return this.uploads.abort(state);
  }

  async put(bytes: Uint8Array): Promise<{ key: string; sizeBytes: number }> {
    const key = newObjectKey(newUploadKey());
    await this.bucket.put(blobPath(key), bytes);
    return { key, sizeBytes: bytes.length };
  }

  delete(keys: readonly string[]): Promise<void> {
    return this.bucket.remove(keys.filter(isBlobKey).map(blobPath));
  }

  /** Gives the single objects of small unfinished uploads too: they lie where they are to stay. */
  async *list({ after }: { after?: string } = {}): AsyncGenerator<StoredObject> {
    const startAfter = after && blobPath(after);
    for await (const { name, sizeBytes, modifiedAt } of this.bucket.list(`${BLOBS}/`, startAfter)) {
      const key = keyInPath(name);
      if (isBlobKey(key)) yield { key, sizeBytes, modifiedAt };
    }
  }

  listUploads(): AsyncIterable<{ key: string; startedAt: Date }> {
    return this.uploads.list();
  }

  removeUpload(key: string): Promise<void> {
    return this.uploads.removeStaged(key);
  }

  /** A refusal is an answer too. Those that ask at the same time share the question. */
  private isAnswering(): Promise<boolean> {
    this.answering ??= this.checking.client
      .bucketExists(this.options.bucket)
      .then(
        () => true,
        (error: unknown) => !isUnheard(error),
      )
      .finally(() => {
        this.answering = undefined;
      });
    return this.answering;
  }

  private async notSatisfiable(key: string): Promise<Error> {
    const found = await this.stat(key);
    return found ? new RangeNotSatisfiable(found.sizeBytes) : new BlobMissing(key);
  }
}

function isBlobKey(key: string): boolean {
  return uploadKeyOf(key) !== undefined;
}
