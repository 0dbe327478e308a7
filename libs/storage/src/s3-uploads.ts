import type { AppendOptions, AppendResult, UploadState } from './blob-store.js';
import { BlobStoreError, UploadConflict, UploadMissing } from './errors.js';
import {
  BLOBS,
  blobPath,
  emptyObjectKey,
  isUploadKey,
  keyInPath,
  shardPath,
  stagedPath,
  UPLOADS,
  uploadKeyOf,
} from './key-layout.js';
import { S3Append } from './s3-append.js';
import type { S3Bucket } from './s3-bucket.js';
import { expectedEtag, type Multipart, type S3Multiparts } from './s3-multipart.js';
import { readWhole } from './s3-opened-blob.js';
import { lossOf, objectsOf, recordOf, type S3UploadRecord } from './s3-upload-record.js';

/** The unfinished uploads of an S3 store. */
export class S3Uploads {
  constructor(
    private readonly bucket: S3Bucket,
    private readonly multiparts: S3Multiparts,
  ) {}

  async append(
    state: UploadState,
    source: AsyncIterable<Uint8Array>,
    options: AppendOptions,
  ): Promise<AppendResult> {
    if (!isUploadKey(state.key)) throw new UploadMissing(state.key);
    return new S3Append(this.bucket, this.multiparts, state, options).run(source);
  }

  /** S3 gives no parts back, so the object is put together first; `finish` finds it done. */
  async *read(state: UploadState): AsyncGenerator<Uint8Array> {
    const { key } = await this.finish(state);
    yield* readWhole(this.bucket, blobPath(key));
  }

  async finish(state: UploadState): Promise<{ key: string; sizeBytes: number }> {
    if (!isUploadKey(state.key)) throw new UploadMissing(state.key);
    const record = recordOf(state);
    const name = record.multipart
      ? await this.finishMultipart(state, record.multipart)
      : await this.finishSingle(state, record);
    const leftOver = [...objectsOf(record), ...markersOf(record)].filter((each) => each !== name);
    await this.bucket.remove(leftOver).catch(() => {}); // the blob stands; `list` and `listUploads` tell what is left
    return { key: keyInPath(name), sizeBytes: state.offsetBytes };
  }

  async abort(state: UploadState): Promise<void> {
    if (!isUploadKey(state.key)) return;
    const record = recordOf(state);
    const { multipart } = record;
    if (multipart) await this.multiparts.abort(state.key, multipart.name, multipart.uploadId);
    const blob = multipart?.name ?? blobPath(emptyObjectKey(state.key));
    await this.bucket.remove([blob, ...objectsOf(record), ...markersOf(record)]);
  }

  /**
   * Uploads that had a full part; a smaller one is a single object, which `list` gives. Multipart uploads without a
   * marker come from a request that was sent twice.
   */
  async *list(): AsyncGenerator<{ key: string; startedAt: Date }> {
    const given = new Set<string>();
    for await (const { name, startedAt } of this.leftOvers()) {
      const key = uploadKeyOf(keyInPath(name));
      if (key === undefined || given.has(key)) continue;
      given.add(key);
      yield { key, startedAt };
    }
  }

  /** Never touches an object that may be a blob. */
  async removeStaged(uploadKey: string): Promise<void> {
    if (!isUploadKey(uploadKey)) return;
    const staged: string[] = [];
    for await (const { name } of this.bucket.list(`${shardPath(UPLOADS, uploadKey)}/${uploadKey}-`)) {
      staged.push(name);
      if (name.endsWith('.multipart')) await this.abortAll(uploadKey, blobPath(keyInPath(name)));
    }
    await this.abortAll(uploadKey, `${shardPath(BLOBS, uploadKey)}/${uploadKey}-`);
    await this.bucket.remove(staged);
  }

  private async finishSingle({ key }: UploadState, { rest }: S3UploadRecord): Promise<string> {
    if (!rest) {
      const name = blobPath(emptyObjectKey(key));
      await this.bucket.put(name, Buffer.alloc(0));
      return name;
    }
    const found = await this.bucket.stat(rest.name);
    if (found?.sizeBytes !== rest.sizeBytes) throw new UploadMissing(key);
    return rest.name;
  }

  private async finishMultipart(state: UploadState, multipart: Multipart): Promise<string> {
    try {
      await this.multiparts.complete(state.key, await this.withRest(state, multipart));
    } catch (error) {
      if (!(error instanceof BlobStoreError)) throw error;
      if (!(await this.isFinished(state, multipart))) {
        throw await lossOf(error, state.key, recordOf(state), this.bucket);
      }
    }
    return multipart.name;
  }

  private async withRest(state: UploadState, multipart: Multipart): Promise<Multipart> {
    const { rest } = recordOf(state);
    if (!rest) return multipart;
    const bytes = Buffer.allocUnsafeSlow(rest.sizeBytes);
    let length = 0;
    for await (const chunk of readWhole(this.bucket, rest.name)) {
      bytes.set(chunk, length);
      length += chunk.length;
    }
    return this.multiparts.add(state.key, multipart, bytes);
  }

  /** Whether an earlier `finish` put together what this one was to. Throws `UploadConflict` if another's did. */
  private async isFinished(state: UploadState, multipart: Multipart): Promise<boolean> {
    const found = await this.bucket.stat(multipart.name);
    if (!found) return false;
    const { rest } = recordOf(state);
    const expected = expectedEtag(rest ? [...multipart.etags, rest.etag] : multipart.etags);
    const isComparable =
      expected !== undefined && !found.encryption?.startsWith('aws:') && isDigest(found.etag);
    if (found.sizeBytes === state.offsetBytes && (!isComparable || found.etag === expected)) return true;
    throw new UploadConflict(state.key);
  }

  private async *leftOvers(): AsyncGenerator<{ name: string; startedAt: Date }> {
    for await (const { name, modifiedAt } of this.bucket.list(`${UPLOADS}/`)) {
      yield { name, startedAt: modifiedAt };
    }
    yield* this.multiparts.list(`${BLOBS}/`);
  }

  private async abortAll(uploadKey: string, prefix: string): Promise<void> {
    for await (const { name, uploadId } of this.multiparts.list(prefix)) {
      await this.multiparts.abort(uploadKey, name, uploadId);
    }
  }
}

function markersOf({ multipart }: S3UploadRecord): string[] {
  return multipart ? [stagedPath(keyInPath(multipart.name), 'multipart')] : [];
}

function isDigest(etag: string): boolean {
  return /^[0-9a-f]{32}-\d+$/.test(etag);
}
