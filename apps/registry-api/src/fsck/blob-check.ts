import { Digest } from '@berth/oci';
import { BlobDamaged, BlobMissing, type BlobStore } from '@berth/storage';
import { Inject, Injectable } from '@nestjs/common';
import { BLOB_STORE } from '../blobs/blob-store.provider.js';
import { RunningHash } from '../uploads/running-hashes.js';
import type { ByteRate } from './byte-rate.js';
import type { BlobDifference } from './difference.js';
import { type RecordedBlob, RecordedBlobStore } from './recorded-blob.store.js';

/** Compares one blob of the database with what the store has under its key. */
@Injectable()
export class BlobCheck {
  constructor(
    @Inject(BLOB_STORE) private readonly store: BlobStore,
    @Inject(RecordedBlobStore) private readonly recorded: RecordedBlobStore,
  ) {}

  /**
   * What a listing seemed to show, looked at again: lists and records are read one after the other while pushes and
   * collections go on. Undefined when nothing is wrong now.
   */
  async confirm(storageKey: string): Promise<BlobDifference | undefined> {
    const found = await this.store.stat(storageKey);
    const blob = await this.recorded.find(storageKey);
    if (!blob || found?.sizeBytes === blob.sizeBytes) return undefined;
    return { ...blob, kind: found ? 'size' : 'missing', found: found?.sizeBytes };
  }

  /** Reads all bytes and computes their digest. Throws `StoreUnavailable`. */
  async hash(blob: RecordedBlob, rate: ByteRate): Promise<BlobDifference | undefined> {
    const { algorithm } = Digest.parse(blob.digest);
    const hash = new RunningHash(algorithm);
    try {
      const opened = await this.store.open(blob.storageKey);
      for await (const chunk of opened.chunks()) {
        hash.update(chunk);
        await rate.spend(chunk.length);
      }
    } catch (error) {
      if (error instanceof BlobMissing || error instanceof BlobDamaged) return this.confirm(blob.storageKey);
      throw error;
    }
    const found = hash.digest();
    return found === blob.digest ? undefined : { ...blob, kind: 'content', found };
  }
}
