import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Hourly } from '../database/hourly.js';
import { LOGGER, type Logger } from '../http/logger.js';
import { limits } from '../limits.js';
import { RefreshTokenStore } from './refresh-token.store.js';

/** Clients keep the first refresh token they get and never give it back: one that is not used any more ends by itself. */
@Injectable()
export class UnusedRefreshTokens implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly hourly: Hourly;

  constructor(
    @Inject(RefreshTokenStore) private readonly refreshTokens: RefreshTokenStore,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.hourly = new Hourly('unused refresh tokens', () => this.sweep(), logger);
  }

  onApplicationBootstrap(): void {
    this.hourly.start();
  }

  onApplicationShutdown(): void {
    this.hourly.stop();
  }

  /** Answers how many were removed. Several replicas may sweep at once. */
  async sweep(): Promise<number> {
    return this.refreshTokens.removeUnused(limits.unusedRefreshTokenSeconds);
  }
}
