import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { StreamsBusy, TooManyStreams } from '../errors/domain-errors.js';
import { limits } from '../limits.js';
import type { EventStream } from './event-stream.js';

/** The streams that are open at this process. */
@Injectable()
export class EventStreams implements BeforeApplicationShutdown {
  private readonly clients = new Map<EventStream, string>();
  private isShuttingDown = false;

  get all(): EventStream[] {
    return [...this.clients.keys()];
  }

  get size(): number {
    return this.clients.size;
  }

  /** Throws `TooManyStreams` and `StreamsBusy` when `client` may not open another one. */
  admit(client: string): void {
    if (this.isShuttingDown || this.clients.size >= limits.streamsPerProcess) throw new StreamsBusy();
    const own = [...this.clients.values()].filter((other) => other === client).length;
    if (own >= limits.streamsPerClient) throw new TooManyStreams(limits.streamsPerClient);
  }

  add(stream: EventStream, client: string): void {
    this.clients.set(stream, client);
    if (this.isShuttingDown) stream.end();
  }

  remove(stream: EventStream): void {
    this.clients.delete(stream);
  }

  /** The server waits for open answers: these would never end by themselves. */
  beforeApplicationShutdown(): void {
    this.isShuttingDown = true;
    for (const stream of this.clients.keys()) stream.end();
  }
}
