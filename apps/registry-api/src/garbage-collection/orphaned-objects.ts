import type { BlobStore } from '@berth/storage';
import { Inject, Injectable } from '@nestjs/common';
import { BLOB_STORE } from '../blobs/blob-store.provider.js';
import type { JobRun } from '../jobs/job.js';
import { JobRegistry } from '../jobs/job-registry.js';
import { limits } from '../limits.js';
import { BlobCollectionStore } from './blob-collection.store.js';

const BATCH = 1000;

/**
 * Removes objects that nothing in the database names: of an upload that was finished in the store and never written
 * down, or a copy that another one has replaced. Only after a day: what is being written down is younger.
 */
@Injectable()
export class OrphanedObjects {
  constructor(
    @Inject(BlobCollectionStore) private readonly blobs: BlobCollectionStore,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
    @Inject(JobRegistry) jobs: JobRegistry,
  ) {
    jobs.declare({
      name: 'orphaned-objects',
      title: 'Removes objects older than a day that no blob and no upload names from the store',
      schedule: '37 3 * * *',
      run: async (run) => ({ ...(await this.sweep(run)) }),
    });
  }

  async sweep(
    run: Pick<JobRun, 'signal' | 'report'>,
    olderThanSeconds: number = limits.abandonedUploadSeconds,
  ): Promise<{ looked: number; removed: number; bytes: number }> {
    const writtenBefore = Date.now() - olderThanSeconds * 1000;
    const swept = { looked: 0, removed: 0, bytes: 0 };
    let batch = new Map<string, number>();
    const flush = async () => {
      run.signal.throwIfAborted();
      const unnamed = await this.blobs.listUnnamed([...batch.keys()]);
      if (unnamed.length > 0 && !(await this.blobs.whileAlone(() => this.store.delete(unnamed)))) {
        throw new Error('a backup needs the objects where they are');
      }
      swept.removed += unnamed.length;
      for (const key of unnamed) swept.bytes += batch.get(key) ?? 0;
      run.report({ done: swept.looked, bytes: swept.bytes });
      batch = new Map();
    };
    for await (const { key, sizeBytes, modifiedAt } of this.store.list()) {
      swept.looked += 1;
      if (modifiedAt.getTime() <= writtenBefore) batch.set(key, sizeBytes);
      if (batch.size === BATCH) await flush();
    }
    await flush();
    return swept;
  }
}
