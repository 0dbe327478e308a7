import { Controller, Get, Header, Inject, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Allow } from '../access/permission.js';
import { ENV, type Env } from '../env.js';
import { MetricRegistry } from '../metrics/metric-registry.js';
import { requireScraper } from '../metrics/require-scraper.js';
import { HealthService, type Readiness } from './health.service.js';

@Controller()
@Allow('unguarded', 'api')
export class HealthController {
  constructor(
    @Inject(HealthService) private readonly health: HealthService,
    @Inject(MetricRegistry) private readonly metrics: MetricRegistry,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** The process lives; it says nothing of Postgres or the store, which no restart of this process would mend. */
  @Get('healthz')
  @Header('Cache-Control', 'no-store')
  getLiveness(): { status: 'alive' } {
    return { status: 'alive' };
  }

  /** 200, or 503 when Postgres or the store cannot be reached, or this process is about to end. */
  @Get('readyz')
  @Header('Cache-Control', 'no-store')
  async getReadiness(
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ status: 'ready' | 'not ready' | 'draining' } & Omit<Readiness, 'isReady' | 'isDraining'>> {
    const { isReady, isDraining, ...parts } = await this.health.checkReadiness();
    response.status(isReady ? 200 : 503);
    return { status: isReady ? 'ready' : isDraining ? 'draining' : 'not ready', ...parts };
  }

  /** Prometheus' text format; for whom, `requireScraper` says. */
  @Get('metrics')
  @Header('Cache-Control', 'no-store')
  async getMetrics(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<string> {
    requireScraper(request, this.env);
    response.type(this.metrics.contentType);
    return this.metrics.gather();
  }
}
