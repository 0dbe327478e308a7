import { IncomingMessage } from 'node:http';
import type { Client } from 'minio';
import type { ByteRange } from './blob-store.js';
import { StoreUnavailable } from './errors.js';
import { keyInPath } from './key-layout.js';
import { isS3Missing, onS3, retrying, s3ErrorCode, toBlobStoreError } from './s3-errors.js';

export interface S3Object {
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedAt: Date;
}

/** Most objects that one DeleteObjects call takes. */
const DELETE_BATCH = 1_000;

/**
 * The objects of one bucket. Every call is repeated while the store does not answer (all of them may be made twice)
 * and then throws a `BlobStoreError`, whose key is the one in the object's name.
 */
export class S3Bucket {
  constructor(
    readonly client: Client,
    readonly bucket: string,
    /** Sent with every object written. */
    private readonly headers: Readonly<Record<string, string>>,
  ) {}

  /** The answer to a GET, its body not read yet. Throws `BlobMissing`; undefined if the range starts beyond the end. */
  async get(name: string, range?: ByteRange): Promise<IncomingMessage | undefined> {
    try {
      return await retrying(async () => {
        const { start, end } = range ?? { start: 0, end: 0 };
        const response = await this.client.getPartialObject(this.bucket, name, start, end - start);
        if (!(response instanceof IncomingMessage)) throw new TypeError('the client gave no HTTP response');
        return response;
      });
    } catch (error) {
      if (s3ErrorCode(error) === 'InvalidRange') return undefined;
      throw toBlobStoreError(error, keyInPath(name));
    }
  }

  /** Writes an object in one request and returns its ETag. */
  put(name: string, content: Uint8Array): Promise<string> {
    const { bucket, headers } = this;
    return this.call(keyInPath(name), async () => {
      const request = { method: 'PUT', bucketName: bucket, objectName: name, headers: { ...headers } };
      // Not `putObject`, which computes an MD5 of the content first.
      const response = await this.client.makeRequestAsyncOmit(request, asBuffer(content), [200]);
      return unquoted(response.headers.etag);
    });
  }

  async stat(name: string): Promise<{ sizeBytes: number; etag: string; encryption?: string } | undefined> {
    try {
      const { size, etag, metaData } = await retrying(() => this.client.statObject(this.bucket, name));
      return { sizeBytes: size, etag, encryption: metaData['x-amz-server-side-encryption'] };
    } catch (error) {
      if (!isS3Missing(error)) throw toBlobStoreError(error, keyInPath(name));
      await this.assertThere(); // a HEAD has no body that would tell a missing object from a missing bucket
      return undefined;
    }
  }

  /** Removes objects; a missing one counts as removed. */
  async remove(names: readonly string[]): Promise<void> {
    for (let from = 0; from < names.length; from += DELETE_BATCH) {
      const batch = names.slice(from, from + DELETE_BATCH);
      await this.call(this.bucket, async () => {
        const failed = await this.client.removeObjects(this.bucket, batch);
        const error = failed.find((each) => each && !isS3Missing(each));
        if (error) throw error;
      });
    }
  }

  /** The objects whose names begin so, in the byte order of their names, from the first behind `after` on. */
  async *list(prefix: string, after = ''): AsyncGenerator<S3Object> {
    let continuation = '';
    do {
      const page = await this.call(this.bucket, () =>
        this.client.listObjectsV2Query(this.bucket, prefix, continuation, '', 1_000, after),
      );
      for (const { name, size, lastModified } of page.objects) {
        if (name !== undefined) yield { name, sizeBytes: size, modifiedAt: lastModified };
      }
      continuation = page.isTruncated ? page.nextContinuationToken : '';
    } while (continuation !== '');
  }

  /** Makes the bucket if it is not there. */
  async prepare(): Promise<void> {
    if (await this.isThere()) return;
    await this.call(this.bucket, async () => {
      try {
        await this.client.makeBucket(this.bucket, this.client.region);
      } catch (error) {
        if (s3ErrorCode(error) !== 'BucketAlreadyOwnedByYou') throw error; // another replica was faster
      }
    });
  }

  /** Throws `StoreUnavailable` if the bucket is not there. */
  async assertThere(): Promise<void> {
    if (!(await this.isThere())) throw new StoreUnavailable(`there is no bucket ${this.bucket}`);
  }

  private isThere(): Promise<boolean> {
    return this.call(this.bucket, () => this.client.bucketExists(this.bucket));
  }

  private call<T>(key: string, call: () => Promise<T>): Promise<T> {
    return onS3(key, () => retrying(call));
  }
}

function unquoted(etag: string | undefined): string {
  return (etag ?? '').replace(/^"|"$/g, '');
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
