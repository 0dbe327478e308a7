import { createHash } from 'node:crypto';
import { UploadMissing } from './errors.js';
import type { S3Bucket } from './s3-bucket.js';
import { onS3, retrying, S3Unanswered, s3ErrorCode } from './s3-errors.js';

/** A multipart upload: of which object, and the ETags of its parts so far, in order. */
export interface Multipart {
  readonly name: string;
  readonly uploadId: string;
  readonly etags: readonly string[];
}

/** The multipart uploads of a bucket. Throws `BlobStoreError`s whose key is `uploadKey`. */
export class S3Multiparts {
  constructor(
    private readonly bucket: S3Bucket,
    private readonly headers: Readonly<Record<string, string>>,
  ) {}

  async begin(uploadKey: string, name: string): Promise<Multipart> {
    const { client, bucket } = this.bucket;
    const uploadId = await onS3(uploadKey, () =>
      retrying(() => client.initiateNewMultipartUpload(bucket, name, { ...this.headers })),
    );
    return { name, uploadId, etags: [] };
  }

  /** Sends the next part. Throws `UploadMissing` if the multipart upload is completed or aborted. */
  async add(uploadKey: string, multipart: Multipart, part: Buffer): Promise<Multipart> {
    const { client, bucket } = this.bucket;
    const target = {
      bucketName: bucket,
      objectName: multipart.name,
      uploadID: encodeURIComponent(multipart.uploadId),
      partNumber: multipart.etags.length + 1,
      headers: {},
    };
    const { etag } = await onS3(uploadKey, () => retrying(() => client.uploadPart(target, part)));
    return { ...multipart, etags: [...multipart.etags, etag] };
  }

  /**
   * Makes the object of its parts. Throws `UploadConflict` if a part is another writer's, `UploadMissing` if the
   * multipart upload is completed or aborted.
   */
  async complete(uploadKey: string, { name, uploadId, etags }: Multipart): Promise<void> {
    const { client, bucket } = this.bucket;
    const parts = etags.map((etag, index) => ({ part: index + 1, etag }));
    await onS3(uploadKey, () =>
      retrying(() => client.completeMultipartUpload(bucket, name, uploadId, parts).catch(explainComplete)),
    );
  }

  /** No error if there is no such multipart upload. */
  async abort(uploadKey: string, name: string, uploadId: string): Promise<void> {
    const { client, bucket } = this.bucket;
    try {
      await onS3(uploadKey, () =>
        retrying(() => client.abortMultipartUpload(bucket, name, encodeURIComponent(uploadId))),
      );
    } catch (error) {
      if (!(error instanceof UploadMissing)) throw error;
    }
  }

  /** The open ones whose object's name begins so; MinIO gives only those with exactly this name. */
  async *list(prefix: string): AsyncGenerator<{ name: string; uploadId: string; startedAt: Date }> {
    const { client, bucket } = this.bucket;
    let marker = '';
    do {
      const page = await onS3(bucket, () =>
        retrying(() => client.listIncompleteUploadsQuery(bucket, prefix, marker, '', '')),
      );
      for (const { key, uploadId, initiated } of page.uploads) {
        yield { name: key, uploadId, startedAt: initiated };
      }
      marker = page.isTruncated ? page.nextKeyMarker : '';
    } while (marker !== '');
  }
}

/**
 * The ETag that S3 gives an object put together of these parts, where it can be known: it is a digest of theirs.
 * Stores may do otherwise, above all with encrypted objects.
 */
export function expectedEtag(etags: readonly string[]): string | undefined {
  if (!etags.every((etag) => /^[0-9a-f]{32}$/.test(etag))) return undefined;
  const digest = createHash('md5')
    .update(Buffer.from(etags.join(''), 'hex'))
    .digest('hex');
  return `${digest}-${etags.length}`;
}

/** An answer of 200 may hold an error, or be cut off; the client then throws whatever its parser met. */
function explainComplete(error: unknown): never {
  if (s3ErrorCode(error) !== undefined) throw error;
  throw new S3Unanswered('the parts were not put together', { cause: error });
}
