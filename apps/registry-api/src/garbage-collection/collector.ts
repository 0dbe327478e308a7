import type { BlobStore } from '@berth/storage';
import { Inject, Injectable } from '@nestjs/common';
import { BLOB_STORE } from '../blobs/blob-store.provider.js';
import type { JobRun } from '../jobs/job.js';
import { BlobCollectionStore } from './blob-collection.store.js';
import {
  type BlobLink,
  type CollectedBlob,
  LinkCollectionStore,
  LOOK,
  type StaleBlob,
} from './link-collection.store.js';

export interface CollectionOptions {
  readonly graceSeconds: number;
  /** Only finds out what would go. */
  readonly isDryRun: boolean;
}

/** What a collection has done, or would do. */
export interface Collected {
  links: number;
  blobs: number;
  bytes: number;
  /** The first `SHOWN_DIGESTS`. */
  digests: string[];
}

const SHOWN_DIGESTS = 1000;
/** Links or blobs that one transaction locks: a push waits for it. */
const LOCKED = 50;
/** Objects that one request removes from the store. */
const REMOVED = 100;

/**
 * Removes blobs that nothing needs, while everything goes on. It keeps no state of its own: what is to be looked at
 * lies in tables and leaves them when it is settled, so a collection that was cut off goes on with the next one, and
 * two that run at once do each other no harm. Any error ends it where it is.
 */
@Injectable()
export class Collector {
  constructor(
    @Inject(LinkCollectionStore) private readonly links: LinkCollectionStore,
    @Inject(BlobCollectionStore) private readonly blobs: BlobCollectionStore,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
  ) {}

  async collect(options: CollectionOptions, run: Pick<JobRun, 'signal' | 'report'>): Promise<Collected> {
    const { graceSeconds, isDryRun } = options;
    const collected: Collected = { links: 0, blobs: 0, bytes: 0, digests: [] };
    const total = (await this.links.count()) + (await this.blobs.count(graceSeconds));
    let done = 0;
    const step = (count: number) => {
      run.signal.throwIfAborted();
      done += count;
      run.report({ done, total: Math.max(done, total), bytes: collected.bytes });
    };
    const leftOver = await this.blobs.listRemoved(SHOWN_DIGESTS);
    add(collected, leftOver);
    if (leftOver.length > 0 && !isDryRun) await this.emptyStore(step);
    await (isDryRun
      ? this.previewLinks(graceSeconds, collected, step)
      : this.unlink(graceSeconds, collected, step));
    await this.removeBlobs(options, collected, step);
    collected.digests.sort();
    return collected;
  }

  private async unlink(graceSeconds: number, collected: Collected, step: Step): Promise<void> {
    for await (const links of this.checkedLinks()) {
      const stale = await this.links.settle(links, graceSeconds);
      for (let first = 0; first < stale.length; first += LOCKED) {
        collected.links += await this.links.unlink(stale.slice(first, first + LOCKED), graceSeconds);
        step(0);
      }
      step(links.length);
    }
  }

  private async previewLinks(graceSeconds: number, collected: Collected, step: Step): Promise<void> {
    let last: StaleBlob | undefined;
    for await (const links of this.checkedLinks()) {
      for (const blob of await this.links.preview(links, graceSeconds)) {
        collected.links += blob.staleLinks;
        const before = last?.blobId === blob.blobId ? last.staleLinks : 0; // its links began in the batch before
        last = { ...blob, staleLinks: before + blob.staleLinks };
        if (last.isFree && last.staleLinks === last.links) add(collected, [last]);
      }
      step(links.length);
    }
  }

  private async *checkedLinks(): AsyncGenerator<BlobLink[]> {
    let last: BlobLink | undefined = { blobId: '0', repositoryId: '0' };
    while (last) {
      const links: BlobLink[] = await this.links.listNext(last);
      if (links.length > 0) yield links;
      last = links.length === LOOK ? links.at(-1) : undefined;
    }
  }

  private async removeBlobs(
    { graceSeconds, isDryRun }: CollectionOptions,
    collected: Collected,
    step: Step,
  ): Promise<void> {
    let last = '0';
    for (;;) {
      const candidates = await this.blobs.listCandidates(last, graceSeconds, LOCKED);
      if (candidates.length === 0) return;
      if (isDryRun)
        add(
          collected,
          candidates.map(({ blob }) => blob),
        );
      else {
        const ids = candidates.map(({ id }) => id);
        add(collected, await this.blobs.remove(ids, graceSeconds));
        await this.emptyStore(step);
      }
      step(candidates.length);
      if (candidates.length < LOCKED) return;
      last = candidates.at(-1)?.id ?? last;
    }
  }

  /**
   * Removes from the store what is not in the table any more, also what an interrupted collection has left. While a
   * backup needs the objects they stay for a later collection.
   */
  private async emptyStore(step: Step): Promise<void> {
    for (;;) {
      const removed = await this.blobs.listRemoved(REMOVED);
      if (removed.length === 0) return;
      const keys = removed.map(({ storageKey }) => storageKey);
      const isDone = await this.blobs.whileAlone(async (client) => {
        await this.store.delete(keys);
        await this.blobs.forget(client, keys);
      });
      if (!isDone) return;
      step(0);
    }
  }
}

type Step = (count: number) => void;

function add(collected: Collected, blobs: readonly CollectedBlob[]): void {
  collected.blobs += blobs.length;
  for (const { sizeBytes } of blobs) collected.bytes += sizeBytes;
  const room = SHOWN_DIGESTS - collected.digests.length;
  collected.digests.push(...blobs.slice(0, room).map(({ digest }) => digest));
}
