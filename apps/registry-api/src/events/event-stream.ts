import type { Response } from 'express';
import type { Requester } from '../access/credential.js';
import { limits } from '../limits.js';

/** What a stream is of: one repository, or with none all of the requester's own. */
export interface StreamScope {
  readonly requester: Requester;
  readonly repository?: { readonly id: string; readonly name: string };
}

/** Something to be sent; `position` (microseconds) is where a stream goes on after it. */
export interface StreamEvent {
  readonly kind: 'ready' | 'pushed' | 'push-progress';
  readonly data: unknown;
  readonly position?: number;
  /** Of the row of `events`: no stream tells it twice. */
  readonly eventId?: number;
}

/** One client's stream of server-sent events (HTML standard, "Server-sent events"). */
export class EventStream {
  private position = 0;
  /** What comes before `begin`; undefined after it. */
  private held?: StreamEvent[] = [];
  /** What was told of the past, and may come once more as new. */
  private readonly told = new Set<number>();

  constructor(
    readonly scope: StreamScope,
    private readonly response: Response,
  ) {}

  /** Sends what came before, and then what has come meanwhile. */
  begin(first: readonly StreamEvent[]): void {
    const held = this.held ?? [];
    this.held = undefined;
    for (const event of first) {
      this.send(event);
      if (event.eventId !== undefined) this.told.add(event.eventId);
    }
    for (const event of held) this.send(event);
  }

  send(event: StreamEvent): void {
    const { kind, data, position, eventId } = event;
    if (this.held) {
      this.held.push(event);
      return;
    }
    if (eventId !== undefined && this.told.has(eventId)) return;
    this.position = Math.max(this.position, position ?? 0);
    const id = position === undefined ? '' : `id: ${this.position}\n`;
    this.write(`${id}event: ${kind}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** Keeps idle timeouts, ours and those of gateways, from cutting the stream. */
  beat(): void {
    this.write(':\n\n');
  }

  end(): void {
    this.response.end();
  }

  private write(text: string): void {
    if (this.response.writableEnded || this.response.destroyed) return;
    this.response.write(text);
    // A client that does not read: it reconnects and is told what it missed.
    if (this.response.writableLength > limits.streamBufferBytes) this.response.destroy();
  }
}
