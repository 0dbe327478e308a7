import { createHash, randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { limits } from '../limits.js';
import { LiveChannel } from './live-channel.js';
import { blobMark, type UploadNews, type UploadState } from './live-message.js';
import { Throttle } from './throttle.js';

const OPEN_EVERY_MS = 500;

/** An upload whose bytes pass through this process. */
export class TrackedUpload implements UploadNews {
  bytes = 0;
  totalBytes: number | null = null;
  digest: string | null = null;
  state: UploadState = 'open';

  constructor(
    readonly repositoryId: string,
    readonly id: string,
    private readonly onChange: (upload: TrackedUpload) => void,
  ) {}

  /** `totalBytes`: where the client has said how many it sends. Called for every piece that arrives. */
  advance(bytes: number, totalBytes?: number): void {
    this.bytes = bytes;
    this.totalBytes = totalBytes ?? null;
    this.onChange(this);
  }

  finish(digest: string, sizeBytes: number): void {
    this.digest = digest;
    this.state = 'finished';
    this.advance(sizeBytes, sizeBytes);
  }

  cancel(): void {
    this.state = 'gone';
    this.onChange(this);
  }
}

/**
 * Tells every process how far the pushes are that go through this one: an open upload twice a second at most, a
 * finished one and a pushed manifest at once. No request waits for it.
 */
@Injectable()
export class PushProgress implements OnApplicationShutdown {
  /** By id: each request of an upload has an object of its own. */
  private readonly open = new Map<string, TrackedUpload>();
  private readonly ended = new Map<string, TrackedUpload>();
  /** Marks of blobs, by repository. */
  private readonly pushedTo = new Map<string, string[]>();
  private readonly telling = new Throttle(OPEN_EVERY_MS, () => this.tellOpen());
  private readonly tellingEnds = new Throttle(0, () => this.tellEnds());

  constructor(@Inject(LiveChannel) private readonly channel: LiveChannel) {}

  /** Without an id for a blob that is pushed by one request. */
  track(repositoryId: string, uploadId: string = randomUUID()): TrackedUpload {
    const id = createHash('sha256').update(uploadId).digest('hex').slice(0, 16);
    return new TrackedUpload(repositoryId, id, (upload) => this.change(upload));
  }

  /** A manifest of these blobs was pushed, and its events are committed. */
  pushed(repositoryId: string, digests: readonly string[]): void {
    const marks = [...(this.pushedTo.get(repositoryId) ?? []), ...digests.map(blobMark)];
    this.pushedTo.set(repositoryId, marks.slice(-limits.liveUploadsOfPush));
    this.tellingEnds.soon();
  }

  onApplicationShutdown(): void {
    this.telling.stop();
    this.tellingEnds.stop();
  }

  private change(upload: TrackedUpload): void {
    if (upload.state === 'open') {
      this.open.set(upload.id, upload);
      this.telling.soon();
      return;
    }
    this.open.delete(upload.id);
    this.ended.set(upload.id, upload);
    this.tellingEnds.soon();
  }

  private async tellOpen(): Promise<void> {
    const uploads = [...this.open.values()];
    this.open.clear();
    await this.channel.publish({ uploads, hasEvents: false });
  }

  private async tellEnds(): Promise<void> {
    const hasEvents = this.pushedTo.size > 0;
    const uploads = [...this.ended.values(), ...[...this.pushedTo].map(([id, blobs]) => pushOf(id, blobs))];
    this.pushedTo.clear();
    this.ended.clear();
    await this.channel.publish({ uploads, hasEvents });
  }
}

function pushOf(repositoryId: string, blobs: readonly string[]): UploadNews {
  return { repositoryId, id: '', bytes: 0, totalBytes: null, digest: null, state: 'pushed', blobs };
}
