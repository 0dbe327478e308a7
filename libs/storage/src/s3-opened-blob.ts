import type { IncomingMessage } from 'node:http';
import type { Writable } from 'node:stream';
import type { OpenedBlob } from './blob-store.js';
import { Destination } from './destination.js';
import { BlobMissing, StoreUnavailable } from './errors.js';
import type { S3Bucket } from './s3-bucket.js';
import { onS3, toBlobStoreError } from './s3-errors.js';
import { beginTransfer, giveBack } from './transfer-buffers.js';

/** The answer to a GET, whose body is read as it is asked for. */
export class S3OpenedBlob implements OpenedBlob {
  constructor(
    private readonly response: IncomingMessage,
    private readonly key: string,
    readonly sizeBytes: number,
    /** How many bytes must come. */
    private readonly lengthBytes: number,
  ) {}

  async send(to: Writable): Promise<void> {
    const destination = new Destination(to);
    const endTransfer = beginTransfer();
    let closed: Error | undefined;
    destination.whenFailed((error) => {
      closed = error;
      this.response.destroy();
    });
    try {
      let received = 0;
      for await (const chunk of this.response) {
        received += chunk.length;
        const busy = destination.push(chunk, () => giveBack(chunk));
        if (busy) await busy;
      }
      this.assertWhole(received);
    } catch (error) {
      throw closed ?? toBlobStoreError(error, this.key);
    } finally {
      endTransfer();
      destination.release();
    }
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    let received = 0;
    const body = this.response[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    try {
      for (;;) {
        const { done, value } = await onS3(this.key, () => body.next());
        if (done) break;
        received += value.length;
        yield value;
      }
      this.assertWhole(received);
    } finally {
      this.response.destroy();
    }
  }

  async close(): Promise<void> {
    this.response.destroy();
  }

  private assertWhole(receivedBytes: number): void {
    if (receivedBytes !== this.lengthBytes) throw new StoreUnavailable('an answer ended too early');
  }
}

/** The chunks of a whole object. Throws `BlobMissing`. */
export async function* readWhole(bucket: S3Bucket, name: string): AsyncGenerator<Uint8Array> {
  const response = await bucket.get(name);
  if (!response) throw new BlobMissing(name);
  const sizeBytes = Number(response.headers['content-length']);
  yield* new S3OpenedBlob(response, name, sizeBytes, sizeBytes).chunks();
}
