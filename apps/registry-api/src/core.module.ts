import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ENV, type Env } from './env.js';
import { ErrorFilter } from './errors/error.filter.js';
import { createLogger, LOGGER } from './http/logger.js';
import { MetricsModule } from './metrics/metrics.module.js';

/** Configuration and log: what every module may ask for. */
@Global()
@Module({})
export class CoreModule {
  static with(env: Env): DynamicModule {
    return {
      module: CoreModule,
      imports: [MetricsModule],
      providers: [
        { provide: ENV, useValue: env },
        { provide: LOGGER, useFactory: () => createLogger(env) },
        ErrorFilter,
        { provide: APP_FILTER, useExisting: ErrorFilter },
      ],
      exports: [ENV, LOGGER, ErrorFilter],
    };
  }
}
