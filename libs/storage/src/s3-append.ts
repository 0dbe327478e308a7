import type { AppendOptions, AppendResult, UploadState } from './blob-store.js';
import { blobPath, newObjectKey, stagedPath } from './key-layout.js';
import { PartPipeline } from './part-pipeline.js';
import type { S3Bucket } from './s3-bucket.js';
import type { Multipart, S3Multiparts } from './s3-multipart.js';
import { readWhole } from './s3-opened-blob.js';
import { partSizeBytes } from './s3-part-sizes.js';
import { lossOf, objectsOf, recordOf, type S3UploadRecord } from './s3-upload-record.js';
import { SourceReader } from './source-reader.js';

/** One append: full parts go to a multipart upload, what remains at the end becomes a small object. */
export class S3Append {
  private readonly key: string;
  private state: UploadState;
  private record: S3UploadRecord;
  /** Bytes in sent parts. */
  private partsBytes: number;
  private readonly pipeline: PartPipeline;

  constructor(
    private readonly bucket: S3Bucket,
    private readonly multiparts: S3Multiparts,
    state: UploadState,
    private readonly options: AppendOptions,
  ) {
    this.key = state.key;
    this.state = state;
    this.record = recordOf(state);
    this.partsBytes = state.offsetBytes - (this.record.rest?.sizeBytes ?? 0);
    this.pipeline = new PartPipeline({
      sizeOf: partSizeBytes,
      firstIndex: this.record.multipart?.etags.length ?? 0,
      send: (part) => this.sendPart(part),
    });
  }

  async run(source: AsyncIterable<Uint8Array>): Promise<AppendResult> {
    const reader = new SourceReader(source, this.options.signal);
    try {
      const first = await reader.next();
      if (first) await this.takeUpState();
      for (let chunk = first; chunk; chunk = await reader.next()) await this.pipeline.add(chunk);
      const rest = await this.pipeline.rest();
      if (first && rest.length > 0) await this.keepRest(rest);
      return { state: this.state, sourceError: reader.error };
    } catch (error) {
      reader.close();
      await this.pipeline.idle();
      throw await lossOf(error, this.key, this.record, this.bucket);
    }
  }

  /** This state is recorded, since it was handed in: what only earlier ones named can go. */
  private async takeUpState(): Promise<void> {
    const { rest, superseded = [] } = this.record;
    await this.bucket.remove(superseded);
    this.record = { ...this.record, superseded: [] };
    if (!rest) return;
    for await (const chunk of readWhole(this.bucket, rest.name)) await this.pipeline.add(chunk);
  }

  private async sendPart(part: Buffer): Promise<void> {
    const multipart = await this.multiparts.add(this.key, await this.openMultipart(), part);
    this.partsBytes += part.length;
    this.advance({ multipart, superseded: this.replaced() }, this.partsBytes);
    await this.options.onDurable?.(this.state);
  }

  private async openMultipart(): Promise<Multipart> {
    const open = this.record.multipart;
    if (open) return open;
    const objectKey = newObjectKey(this.key);
    await this.bucket.put(stagedPath(objectKey, 'multipart'), Buffer.alloc(0));
    return this.multiparts.begin(this.key, blobPath(objectKey));
  }

  private async keepRest(bytes: Buffer): Promise<void> {
    const { multipart } = this.record;
    const objectKey = newObjectKey(this.key);
    const name = multipart ? stagedPath(objectKey, 'rest') : blobPath(objectKey);
    const rest = { name, sizeBytes: bytes.length, etag: await this.bucket.put(name, bytes) };
    this.advance({ multipart, rest, superseded: this.replaced() }, this.partsBytes + bytes.length);
  }

  private replaced(): string[] {
    return objectsOf(this.record);
  }

  private advance(record: S3UploadRecord, offsetBytes: number): void {
    this.record = record;
    this.state = { key: this.key, offsetBytes, driver: record };
  }
}
