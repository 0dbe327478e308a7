import { createHash, type Hash } from 'node:crypto';
import type { DigestAlgorithm } from '@berth/oci';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';

/** A hash that has seen exactly the first `offsetBytes` of an upload. */
export class RunningHash {
  offsetBytes = 0;
  private readonly hash: Hash;

  constructor(readonly algorithm: DigestAlgorithm) {
    this.hash = createHash(algorithm);
  }

  update(chunk: Uint8Array): void {
    this.hash.update(chunk);
    this.offsetBytes += chunk.length;
  }

  /** The digest so far; the hash can go on. */
  digest(): string {
    return `${this.algorithm}:${this.hash.copy().digest('hex')}`;
  }
}

/**
 * Hashes of uploads whose bytes all came through this process, so that a chunked upload is hashed once. Node cannot
 * hand a running hash to another process: one that misses bytes has none, and the PUT reads them from the store.
 */
@Injectable()
export class RunningHashes {
  private readonly byUpload = new LRUCache<string, RunningHash>({ max: 1000, ttl: 60 * 60 * 1000 });

  /** Taken out while a writer uses it; undefined when this process has not seen every byte. */
  take(uploadId: string, algorithm: DigestAlgorithm, offsetBytes: number): RunningHash | undefined {
    const held = this.byUpload.get(uploadId);
    this.byUpload.delete(uploadId);
    if (held?.offsetBytes === offsetBytes && held.algorithm === algorithm) return held;
    return offsetBytes === 0 ? new RunningHash(algorithm) : undefined;
  }

  keep(uploadId: string, hash: RunningHash): void {
    this.byUpload.set(uploadId, hash);
  }
}
