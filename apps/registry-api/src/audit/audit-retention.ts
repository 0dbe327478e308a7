import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ENV, type Env } from '../env.js';
import { LOGGER, type Logger } from '../http/logger.js';
import { AuditStore } from './audit.store.js';

/** Often enough that a Berth that is restarted every day sweeps as well. */
const SWEEP_EVERY_MS = 60 * 60 * 1000;

/** Removes what is older than `BERTH_AUDIT_DAYS`. */
@Injectable()
export class AuditRetention implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;

  constructor(
    @Inject(AuditStore) private readonly entries: AuditStore,
    @Inject(ENV) private readonly env: Env,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweepQuietly(), SWEEP_EVERY_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Answers how many entries were removed. Several replicas may sweep at once. */
  async sweep(): Promise<number> {
    return this.entries.removeOlderThan(this.env.auditDays);
  }

  private async sweepQuietly(): Promise<void> {
    try {
      const removed = await this.sweep();
      if (removed > 0) this.logger.info({ removed }, 'old entries of the audit log removed');
    } catch (err) {
      this.logger.warn({ err }, 'old entries of the audit log could not be removed; tried again in an hour');
    }
  }
}
