import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { Gauge, Histogram } from 'prom-client';
import { MetricRegistry } from './metric-registry.js';

const SECONDS_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What was asked of Postgres, and by how many connections. */
@Injectable()
export class SqlMetrics {
  private readonly statements: Histogram<'statement' | 'outcome'>;

  constructor(@Inject(MetricRegistry) private readonly registry: MetricRegistry) {
    this.statements = new Histogram({
      name: 'berth_sql_seconds',
      help: 'SQL statements by the first word of their name, with the wait for a connection; those without a name are "other".',
      labelNames: ['statement', 'outcome'],
      buckets: SECONDS_BUCKETS,
      registers: [registry],
    });
  }

  async measure<T>(name: string | undefined, statement: () => Promise<T>): Promise<T> {
    const stop = this.statements.startTimer({ statement: name?.split(' ', 1)[0] ?? 'other' });
    try {
      const result = await statement();
      stop({ outcome: 'done' });
      return result;
    } catch (error) {
      stop({ outcome: 'failed' });
      throw error;
    }
  }

  watch(pool: Pool): void {
    new Gauge({
      name: 'berth_sql_connections',
      help: 'Connections of the pool that are in use and idle, and requests that wait for one.',
      labelNames: ['state'],
      registers: [this.registry],
      collect() {
        this.set({ state: 'used' }, pool.totalCount - pool.idleCount);
        this.set({ state: 'idle' }, pool.idleCount);
        this.set({ state: 'waiting' }, pool.waitingCount);
      },
    });
    new Gauge({
      name: 'berth_sql_connections_limit',
      help: 'Most connections that the pools take.',
      registers: [this.registry],
    }).set(pool.options.max ?? 10);
  }
}
