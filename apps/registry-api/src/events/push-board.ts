import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { limits } from '../limits.js';
import { blobMark, type UploadNews } from './live-message.js';

/** Of an upload that nothing is heard of any more its connection was cut, or its process. */
const OPEN_MS = (limits.idleSeconds + 15) * 1000;
/** Layers are all there, and no manifest came: it has been pushed before, or never will be. */
const FINISHED_MS = 15_000;
/** Processes tell at their own pace: that an upload goes on may be heard from one after its end from another. */
const ENDED_MS = 60_000;

interface Noted extends UploadNews {
  readonly heardAt: number;
}

/** The pushes going on at all processes, as this one has heard of them. */
@Injectable()
export class PushBoard {
  private readonly byRepository = new Map<string, Map<string, Noted>>();
  private readonly ended = new LRUCache<string, true>({ max: 10_000, ttl: ENDED_MS });
  /** Blobs of manifests that were pushed: from another process one may hear of their end afterwards. */
  private readonly pushedBlobs = new LRUCache<string, true>({ max: 10_000, ttl: ENDED_MS });

  get repositoryIds(): string[] {
    return [...this.byRepository.keys()];
  }

  /** In the order in which they began. */
  uploadsOf(repositoryId: string): readonly UploadNews[] {
    return [...(this.byRepository.get(repositoryId)?.values() ?? [])];
  }

  note(upload: UploadNews, heardAt = Date.now()): void {
    const { repositoryId, id, state, digest, blobs = [] } = upload;
    if (state === 'pushed') {
      for (const mark of blobs) this.pushedBlobs.set(`${repositoryId} ${mark}`, true);
      this.forgetFinished(repositoryId);
      return;
    }
    if (state !== 'open') this.ended.set(id, true);
    else if (this.ended.has(id)) return;
    const isPushed = digest !== null && this.pushedBlobs.has(`${repositoryId} ${blobMark(digest)}`);
    if (state === 'gone' || isPushed) {
      this.forget(repositoryId, id);
      return;
    }
    let uploads = this.byRepository.get(repositoryId);
    if (!uploads) {
      if (this.byRepository.size >= limits.livePushes) return;
      uploads = new Map();
      this.byRepository.set(repositoryId, uploads);
    }
    if (uploads.size < limits.liveUploadsOfPush || uploads.has(id)) uploads.set(id, { ...upload, heardAt });
  }

  /** A manifest was pushed: what is finished is no longer going on. */
  forgetFinished(repositoryId: string): void {
    for (const { id, state } of this.uploadsOf(repositoryId))
      if (state === 'finished') this.forget(repositoryId, id);
  }

  /** Forgets what has not been heard of for long; answers the repositories of it. */
  sweep(now = Date.now()): string[] {
    return this.repositoryIds.filter((repositoryId) => {
      const uploads = [...(this.byRepository.get(repositoryId)?.values() ?? [])];
      const isOver = ({ state, heardAt }: Noted) => state === 'open' && heardAt < now - OPEN_MS;
      const kept = uploads.filter((upload) => !isOver(upload));
      const isGoingOn = kept.some(({ state, heardAt }) => state === 'open' || heardAt >= now - FINISHED_MS);
      const forgotten = isGoingOn ? uploads.filter(isOver) : uploads;
      for (const { id } of forgotten) this.forget(repositoryId, id);
      return forgotten.length > 0;
    });
  }

  private forget(repositoryId: string, id: string): void {
    const uploads = this.byRepository.get(repositoryId);
    uploads?.delete(id);
    if (uploads?.size === 0) this.byRepository.delete(repositoryId);
  }
}
