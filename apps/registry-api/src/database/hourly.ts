import type { Logger } from '../http/logger.js';

/** Often enough that a Berth that is restarted every day does it as well. */
const EVERY_MS = 60 * 60 * 1000;

/** Does some tidying every hour; what fails is tried again in an hour. */
export class Hourly {
  private timer?: NodeJS.Timeout;

  /** `what` is tidied away, for the log; `work` answers how many. */
  constructor(
    private readonly what: string,
    private readonly work: () => Promise<number>,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.workQuietly(), EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async workQuietly(): Promise<void> {
    try {
      const removed = await this.work();
      if (removed > 0) this.logger.info({ removed }, `${this.what} removed`);
    } catch (err) {
      this.logger.warn({ err }, `${this.what} could not be removed; tried again in an hour`);
    }
  }
}
