import type { BlobStore } from '@berth/storage';
import { Inject, Injectable } from '@nestjs/common';
import { BLOB_STORE } from '../blobs/blob-store.provider.js';
import { JobRegistry } from '../jobs/job-registry.js';
import { limits } from '../limits.js';
import { UploadStore } from './upload.store.js';
import { UploadLease } from './upload-lease.js';

const BATCH = 100;

/** Removes uploads that nobody went on with for a day, their parts in the store included. */
@Injectable()
export class AbandonedUploads {
  constructor(
    @Inject(UploadStore) private readonly uploads: UploadStore,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
    @Inject(JobRegistry) jobs: JobRegistry,
  ) {
    jobs.declare({
      name: 'abandoned-uploads',
      title: 'Removes uploads that nobody went on with for a day, and what they left in the store',
      schedule: '11 * * * *',
      run: async () => ({ uploads: await this.sweep(), leftOvers: await this.sweepLeftOvers() }),
    });
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
}
