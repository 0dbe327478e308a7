import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { DelayedWrite } from '../database/delayed-write.js';
import { LOGGER, type Logger } from '../http/logger.js';
import { limits } from '../limits.js';
import { type CountedPulls, type IndexPull, PullStore } from './pull.store.js';

const FLUSH_AFTER_MS = 3000;
/**
 * A pull by digest waits for so long: by then every process has written which indexes the client has fetched, and a
 * child that was fetched after its index is known as one.
 */
const DIGEST_WAITS_MS = 2 * FLUSH_AFTER_MS;
const DAY_MS = 24 * 60 * 60 * 1000;

/** A client's GET of a manifest. */
export interface Pull {
  readonly repositoryId: string;
  readonly manifestId: string;
  /** Undefined for a pull by digest, which counts for every tag that is on it. */
  readonly tag?: string;
  readonly isIndex: boolean;
  /** Who and from where: a child counts only when its index was not fetched by the same. */
  readonly client: string;
}

type Held = CountedPulls & { readonly firstAt: number };

/**
 * Pulls, counted in memory and written together every few seconds and at shutdown: no pull waits for it, and a process
 * that is killed forgets those seconds.
 */
@Injectable()
export class PullCounts implements BeforeApplicationShutdown {
  private held = new Map<string, Held>();
  private indexes = new Map<string, IndexPull>();
  private readonly writing = new DelayedWrite(FLUSH_AFTER_MS, (isLast) => this.write(isLast));

  constructor(
    @Inject(PullStore) private readonly store: PullStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  note({ repositoryId, manifestId, tag, isIndex, client }: Pull): void {
    const at = Date.now();
    if (isIndex) this.noteIndex({ manifestId, client, at });
    const day = Math.floor(at / DAY_MS);
    const pulled = tag === undefined ? { manifestId, client } : { tag };
    this.hold({ repositoryId, ...pulled, day, count: 1, firstAt: at, lastAt: at });
    this.writing.schedule();
    if (this.held.size > limits.heldPulls / 2 && this.held.size % 1000 === 0) void this.writing.now();
  }

  /** Writes what is held, with `isLast` also the pulls by digest that still wait. */
  async flush({ isLast }: { isLast: boolean }): Promise<void> {
    await this.write(isLast);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.writing.shutDown();
  }

  private async write(isLast: boolean): Promise<void> {
    const due = this.takeDue(isLast);
    const indexes = this.indexes;
    this.indexes = new Map();
    if (due.length > 0 || indexes.size > 0) await this.record(due, indexes);
    if (this.held.size > 0 || this.indexes.size > 0) this.writing.retry();
  }

  private async record(due: readonly Held[], indexes: ReadonlyMap<string, IndexPull>): Promise<void> {
    try {
      const busy = await this.store.record(due, [...indexes.values()]);
      for (const pulls of due) if (busy.has(pulls.repositoryId)) this.hold(pulls);
    } catch (err) {
      this.logger.warn({ err }, 'pulls could not be counted yet');
      for (const pulls of due) this.hold(pulls);
      for (const index of indexes.values()) this.noteIndex(index);
    }
  }

  private takeDue(isLast: boolean): Held[] {
    const before = Date.now() - DIGEST_WAITS_MS;
    const due = [...this.held].filter(
      ([, { tag, firstAt }]) => isLast || tag !== undefined || firstAt <= before,
    );
    for (const [key] of due) this.held.delete(key);
    return due.map(([, pulls]) => pulls);
  }

  private hold(pulls: Held): void {
    const { repositoryId, tag, manifestId, client, day } = pulls;
    const key =
      tag === undefined ? `${repositoryId}@${manifestId} ${day} ${client}` : `${repositoryId}:${tag} ${day}`;
    const earlier = this.held.get(key);
    if (!earlier && this.held.size >= limits.heldPulls) return;
    this.held.set(key, earlier ? sum(earlier, pulls) : pulls);
  }

  private noteIndex(index: IndexPull): void {
    const key = `${index.manifestId} ${index.client}`;
    const earlier = this.indexes.get(key);
    if (!earlier && this.indexes.size >= limits.heldPulls) return;
    this.indexes.set(key, earlier && earlier.at > index.at ? earlier : index);
  }
}

function sum(a: Held, b: Held): Held {
  return {
    ...a,
    count: a.count + b.count,
    firstAt: Math.min(a.firstAt, b.firstAt),
    lastAt: Math.max(a.lastAt, b.lastAt),
  };
}
