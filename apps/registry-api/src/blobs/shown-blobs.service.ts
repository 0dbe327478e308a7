import { setTimeout as delay } from 'node:timers/promises';
import { Digest } from '@berth/oci';
import type { BlobStore } from '@berth/storage';
import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, type Logger } from '../http/logger.js';
import { limits } from '../limits.js';
import { BlobLocationStore } from './blob-location.store.js';
import { BLOB_STORE } from './blob-store.provider.js';
import { ContentCache } from './content-cache.js';

const PATIENCE_MS = 2000;

/** Small blobs that Berth itself reads to show what is in them. */
@Injectable()
export class ShownBlobs {
  constructor(
    @Inject(BlobLocationStore) private readonly locations: BlobLocationStore,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
    @Inject(ContentCache) private readonly cache: ContentCache,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * The bytes of a blob of the repository, or undefined when they cannot be had within two seconds: showing something
   * is never a reason to refuse a push. No round trip for what this process holds.
   */
  async read(repositoryId: string, digest: Digest): Promise<Buffer | undefined> {
    const held = this.cache.get(digest.text);
    if (held) return held;
    const location = await this.locations.find(repositoryId, digest.text);
    if (!location || location.sizeBytes > limits.shownConfigBytes) return undefined;
    const giveUp = new AbortController();
    const late = delay(PATIENCE_MS, undefined, { signal: giveUp.signal, ref: false });
    try {
      return await Promise.race([this.fetch(location.storageKey, digest), late]);
    } catch (error) {
      this.logger.debug({ err: error, digest: digest.text }, 'a blob could not be read to be shown');
      return undefined;
    } finally {
      giveUp.abort();
      late.catch(() => {}); // given up because the bytes were there first
    }
  }

  private async fetch(storageKey: string, digest: Digest): Promise<Buffer | undefined> {
    const opened = await this.store.open(storageKey);
    const chunks: Buffer[] = [];
    for await (const chunk of opened.chunks()) chunks.push(Buffer.from(chunk));
    const bytes = Buffer.concat(chunks);
    if (!Digest.ofBytes(bytes, digest.algorithm).equals(digest)) return undefined;
    if (bytes.length <= limits.cachedBlobBytes) this.cache.set(digest.text, bytes);
    return bytes;
  }
}
