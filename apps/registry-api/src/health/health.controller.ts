import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Allow } from '../access/permission.js';
import { HealthService, type Readiness } from './health.service.js';
import { HttpMetrics } from './http-metrics.js';

@Controller()
@Allow('unguarded', 'api')
export class HealthController {
  constructor(
    @Inject(HealthService) private readonly health: HealthService,
    @Inject(HttpMetrics) private readonly metrics: HttpMetrics,
  ) {}

  /** The process lives; it says nothing of Postgres or the store, which no restart of this process would mend. */
  @Get('healthz')
  @Header('Cache-Control', 'no-store')
  getLiveness(): { status: 'alive' } {
    return { status: 'alive' };
  }

  /** 200, or 503 when Postgres or the store cannot be reached. */
  @Get('readyz')
  @Header('Cache-Control', 'no-store')
  async getReadiness(
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ status: 'ready' | 'not ready' } & Omit<Readiness, 'isReady'>> {
    const { isReady, ...parts } = await this.health.checkReadiness();
    response.status(isReady ? 200 : 503);
    return { status: isReady ? 'ready' : 'not ready', ...parts };
  }

  /** Prometheus' text format. */
  @Get('metrics')
  @Header('Cache-Control', 'no-store')
  async getMetrics(@Res({ passthrough: true }) response: Response): Promise<string> {
    response.type(this.metrics.registry.contentType);
    return this.metrics.registry.metrics();
  }
}
