import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { LOGGER, type Logger } from '../http/logger.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { PasswordVerifier } from './password-verifier.js';

const SWEEP_EVERY_MS = 60 * 60 * 1000;

/** Removes sessions and links that have run out, and counts of failures that are over: they count for nothing. */
@Injectable()
export class ExpiredSignIns implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;

  constructor(
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(PasswordVerifier) private readonly passwords: PasswordVerifier,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweepQuietly(), SWEEP_EVERY_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Several replicas may sweep at once. */
  async sweep(): Promise<void> {
    await this.sessions.removeExpired();
    await this.passwords.removeOld();
  }

  private async sweepQuietly(): Promise<void> {
    try {
      await this.sweep();
    } catch (err) {
      this.logger.warn({ err }, 'expired sign-ins could not be removed; tried again in an hour');
    }
  }
}
