import { Global, Module } from '@nestjs/common';
import { MetricRegistry } from './metric-registry.js';

/** Global, since every feature may count. */
@Global()
@Module({ providers: [MetricRegistry], exports: [MetricRegistry] })
export class MetricsModule {}
