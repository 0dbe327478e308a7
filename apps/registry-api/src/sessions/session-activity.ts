import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { LOGGER, type Logger } from '../http/logger.js';
import { SessionStore } from './session.store.js';
import { sessionLifetime } from './session-lifetime.js';

const MOST_REMEMBERED = 10_000;

/** Keeps sessions that are used from expiring, without a write and without a wait at every request. */
@Injectable()
export class SessionActivity {
  private readonly touched = new LRUCache<string, true>({
    max: MOST_REMEMBERED,
    ttl: sessionLifetime.touchSeconds * 1000,
  });

  constructor(
    @Inject(SessionStore) private readonly sessions: SessionStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** For a session that has just been found to count. Returns at once; writes at most every few minutes. */
  touch(sessionId: string): void {
    if (this.touched.has(sessionId)) return;
    this.touched.set(sessionId, true);
    this.sessions
      .touch(sessionId)
      .catch((err: unknown) => this.logger.warn({ err }, 'the last use of a session was not written'));
  }
}
