import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Hourly } from '../database/hourly.js';
import { LOGGER, type Logger } from '../http/logger.js';
import { PullStore } from './pull.store.js';

/** Keeps pulls by day for as long as something shows them. */
@Injectable()
export class PullRetention implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly hourly: Hourly;

  constructor(
    @Inject(PullStore) private readonly pulls: PullStore,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.hourly = new Hourly('old days of pulls', () => this.sweep(), logger);
  }

  onApplicationBootstrap(): void {
    this.hourly.start();
  }

  onApplicationShutdown(): void {
    this.hourly.stop();
  }

  /** Answers how many days were removed. Several replicas may sweep at once. */
  async sweep(): Promise<number> {
    return this.pulls.removeOld();
  }
}
