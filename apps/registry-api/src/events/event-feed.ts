import { RepositoryName } from '@berth/oci';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { LOGGER, type Logger } from '../http/logger.js';
import { EventStore, type PushEvent } from './event.store.js';
import { EventCursor } from './event-cursor.js';
import type { StreamEvent } from './event-stream.js';
import { EventStreams } from './event-streams.js';
import { LiveChannel } from './live-channel.js';
import type { LiveMessage } from './live-message.js';
import { PushBoard } from './push-board.js';
import { type Names, StreamAccess } from './stream-access.js';
import { Throttle } from './throttle.js';

const TELL_EVERY_MS = 500;
const BEAT_EVERY_MS = 20_000;

/** Tells the streams of this process what the processes tell each other, each what it may be told. */
@Injectable()
export class EventFeed implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly cursor = new EventCursor();
  private readonly changed = new Set<string>();
  private hasEvents = false;
  private beating?: NodeJS.Timeout;
  private readonly telling = new Throttle(TELL_EVERY_MS, () => this.tellQuietly());

  constructor(
    @Inject(LiveChannel) channel: LiveChannel,
    @Inject(PushBoard) private readonly board: PushBoard,
    @Inject(EventStore) private readonly events: EventStore,
    @Inject(EventStreams) private readonly streams: EventStreams,
    @Inject(StreamAccess) private readonly access: StreamAccess,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    channel.onMessage((message) => this.hear(message));
    channel.onConnect(() => this.look());
  }

  onApplicationBootstrap(): void {
    this.beating = setInterval(() => void this.beat(), BEAT_EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.beating);
    this.telling.stop();
  }

  /** While there are no streams nothing is read: the first one begins with what comes after it. Answers the time. */
  async begin(): Promise<number> {
    const { ids, atMicros } = await this.events.now();
    if (this.streams.size === 0) this.cursor.begin(ids);
    return atMicros;
  }

  /** Looks for events, whether or not somebody has said that there are any. */
  look(): void {
    this.hasEvents = true;
    this.telling.soon();
  }

  /** What is going on in repositories that a stream may be told of. */
  progressOf(names: Names): StreamEvent[] {
    return [...names].flatMap(([id, name]) =>
      this.board.uploadsOf(id).length > 0 ? this.progress(id, name) : [],
    );
  }

  private hear({ uploads, hasEvents }: LiveMessage): void {
    for (const upload of uploads) {
      this.board.note(upload);
      this.changed.add(upload.repositoryId);
    }
    if (hasEvents) this.hasEvents = true;
    this.telling.soon();
  }

  private async tellQuietly(): Promise<void> {
    try {
      await this.tell();
    } catch (err) {
      this.logger.warn({ err }, 'live events were not told');
    }
  }

  private async tell(): Promise<void> {
    const changed = [...this.changed];
    this.changed.clear();
    if (this.streams.size === 0) return;
    const pushes = this.hasEvents ? await this.read() : [];
    for (const { repositoryId } of pushes) this.board.forgetFinished(repositoryId);
    const ids = new Set([...changed, ...pushes.map(({ repositoryId }) => repositoryId)]);
    if (ids.size === 0) return;
    const { allowed, refused } = await this.access.decide(this.streams.all, ids);
    for (const stream of refused) stream.end();
    for (const [stream, names] of allowed) {
      for (const push of pushes) {
        const name = names.get(push.repositoryId);
        if (name !== undefined) stream.send(pushed(push, name));
      }
      for (const [id, name] of names) if (ids.has(id)) stream.send(this.progress(id, name));
    }
  }

  private async read(): Promise<PushEvent[]> {
    this.hasEvents = false;
    const { ids, pushes } = await this.events.after(this.cursor.last, this.cursor.missing);
    this.cursor.pass(ids);
    return pushes;
  }

  /**
   * Ends streams of who may not follow them any more, and keeps the others alive. Also what nothing was heard of is
   * looked for: a notification can get lost with its connection.
   */
  async beat(): Promise<void> {
    for (const id of this.board.sweep()) this.changed.add(id);
    if (this.streams.size === 0) return;
    try {
      for (const stream of await this.access.refused(this.streams.all)) stream.end();
    } catch (err) {
      this.logger.warn({ err }, 'who may follow live events could not be asked');
    }
    for (const stream of this.streams.all) stream.beat();
    this.look();
  }

  private progress(id: string, name: string): StreamEvent {
    const uploads = this.board.uploadsOf(id).map(({ id, bytes, totalBytes, digest, state }) => ({
      id,
      bytes,
      totalBytes,
      digest,
      state,
    }));
    return { kind: 'push-progress', data: { repository: shown(name), uploads } };
  }
}

export function pushed({ id, tag, digest, atMicros }: PushEvent, name: string): StreamEvent {
  const at = new Date(atMicros / 1000).toISOString();
  return {
    kind: 'pushed',
    data: { repository: shown(name), tag, digest, at },
    position: atMicros,
    eventId: id,
  };
}

function shown(name: string): string {
  return RepositoryName.parse(name).shown;
}
