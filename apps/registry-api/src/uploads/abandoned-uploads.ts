import type { BlobStore } from '@berth/storage';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { BLOB_STORE } from '../blobs/blob-store.provider.js';
import { LOGGER, type Logger } from '../http/logger.js';
import { limits } from '../limits.js';
import { UploadStore } from './upload.store.js';
import { UploadLease } from './upload-lease.js';

const SWEEP_EVERY_MS = 60 * 60 * 1000;
const BATCH = 100;

/** Removes uploads that nobody went on with for a day, their parts in the store included. */
@Injectable()
export class AbandonedUploads implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;

  constructor(
    @Inject(UploadStore) private readonly uploads: UploadStore,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweepQuietly(), SWEEP_EVERY_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Answers how many were removed. Several replicas may sweep at once: each upload is claimed first. */
  async sweep(abandonedSeconds: number = limits.abandonedUploadSeconds): Promise<number> {
    let removed = 0;
    for (;;) {
      const abandoned = await this.uploads.listAbandoned(abandonedSeconds, BATCH);
      for (const { id } of abandoned) {
        const lease = await UploadLease.claim(this.uploads, id).catch(() => undefined);
        if (!lease) continue;
        try {
          await this.store.abort(lease.upload.state);
          await lease.remove();
        } finally {
          lease.stop();
        }
        removed += 1;
      }
      if (abandoned.length < BATCH) return removed;
    }
  }

  /**
   * Removes from the store what uploads left that no record names: of a process that died before it wrote one down, or
   * after it had forgotten it. Answers how many were removed.
   */
  async sweepLeftOvers(olderThanSeconds: number = limits.abandonedUploadSeconds): Promise<number> {
    const startedBefore = Date.now() - olderThanSeconds * 1000;
    let removed = 0;
    for await (const { key, startedAt } of this.store.listUploads()) {
      if (startedAt.getTime() > startedBefore || (await this.uploads.isRecorded(key))) continue;
      await this.store.removeUpload(key);
      removed += 1;
    }
    return removed;
  }

  private async sweepQuietly(): Promise<void> {
    try {
      const removed = (await this.sweep()) + (await this.sweepLeftOvers());
      if (removed > 0) this.logger.info({ removed }, 'abandoned uploads removed');
    } catch (error) {
      this.logger.warn({ err: error }, 'abandoned uploads could not be removed; tried again in an hour');
    }
  }
}
