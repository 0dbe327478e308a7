import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { Database, IN_BACKGROUND } from '../database/database.js';
import { MetricRegistry } from './metric-registry.js';

/** A scrape goes on without what the database does not tell by then. */
const PATIENCE_MS = 2_000;

/** What all processes share, and each tells alike: looked up when Prometheus asks. */
@Injectable()
export class StateMetrics {
  constructor(@Inject(MetricRegistry) registry: MetricRegistry, @Inject(Database) database: Database) {
    new Gauge({
      name: 'berth_uploads_open',
      help: 'Blob uploads that are begun and neither finished nor cancelled, of all replicas.',
      aggregator: 'max',
      registers: [registry],
      async collect() {
        const count = database
          .query<{ count: number }>(`${IN_BACKGROUND} SELECT count(*)::int AS count FROM uploads`)
          .then(([row]) => row?.count);
        const found = await Promise.race([
          count.catch(() => undefined),
          delay(PATIENCE_MS, undefined, { ref: false }),
        ]);
        if (found !== undefined) this.set(found);
      },
    });
  }
}
