import { Inject, type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { BlobsModule } from '../blobs/blobs.module.js';
import { HttpMetrics } from '../metrics/http-metrics.js';
import { StateMetrics } from '../metrics/state-metrics.js';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';

@Module({
  imports: [BlobsModule],
  controllers: [HealthController],
  providers: [HealthService, HttpMetrics, StateMetrics],
})
export class HealthModule implements NestModule {
  constructor(@Inject(HttpMetrics) private readonly metrics: HttpMetrics) {}

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(this.metrics.measure).forRoutes('{*path}');
  }
}
