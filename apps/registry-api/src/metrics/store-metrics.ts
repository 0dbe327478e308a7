import { Inject, Injectable } from '@nestjs/common';
import { Gauge, Histogram } from 'prom-client';
import { MetricRegistry } from './metric-registry.js';

const SECONDS_BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 30, 120, 600];

/** What was asked of the blob store. */
@Injectable()
export class StoreMetrics {
  readonly writing: Gauge;
  private readonly calls: Histogram<'operation' | 'outcome'>;

  constructor(@Inject(MetricRegistry) registry: MetricRegistry) {
    this.calls = new Histogram({
      name: 'berth_store_seconds',
      help: 'Calls of the blob store; "append" lasts as long as the client sends, "open" until the first byte.',
      labelNames: ['operation', 'outcome'],
      buckets: SECONDS_BUCKETS,
      registers: [registry],
    });
    this.writing = new Gauge({
      name: 'berth_uploads_writing',
      help: 'Requests that send bytes of a blob at this moment.',
      registers: [registry],
    });
  }

  async measure<T>(operation: string, call: () => Promise<T>): Promise<T> {
    const stop = this.calls.startTimer({ operation });
    try {
      const result = await call();
      stop({ outcome: 'done' });
      return result;
    } catch (error) {
      // What is not there is an answer as well.
      const isAnswer = error instanceof Error && /Missing|NotSatisfiable|Conflict/.test(error.name);
      stop({ outcome: isAnswer ? 'done' : 'failed' });
      throw error;
    }
  }
}
