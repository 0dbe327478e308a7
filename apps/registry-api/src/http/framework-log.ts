import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger.js';

/** What Nest and its modules have to say, as lines of the log; what they tell of an ordinary start is for debugging. */
export class FrameworkLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown): void {
    this.logger.debug(textOf(message));
  }

  warn(message: unknown): void {
    this.logger.warn(textOf(message));
  }

  error(message: unknown, ...details: unknown[]): void {
    this.logger.error({ details: details.map(textOf) }, textOf(message));
  }
}

function textOf(value: unknown): string {
  return value instanceof Error ? (value.stack ?? value.message) : String(value);
}
