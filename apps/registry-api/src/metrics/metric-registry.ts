import cluster from 'node:cluster';
import { Injectable } from '@nestjs/common';
import { AggregatorRegistry, collectDefaultMetrics, Registry } from 'prom-client';

/** Most that the other workers are waited for; a scrape gives up after ten. */
const GATHER_MS = 6_000;

interface Gathered {
  readonly type: 'metrics';
  readonly id: number;
  readonly text?: string;
}

/**
 * What this process has counted. Prometheus asks one address, behind which any of several workers answers: that one
 * lets the process that has forked them gather from all, so that every scrape tells of the whole program.
 */
@Injectable()
export class MetricRegistry extends Registry {
  private readonly waiting = new Map<number, (text: string | undefined) => void>();
  private lastId = 0;

  constructor() {
    super();
    collectDefaultMetrics({ register: this });
    if (!cluster.isWorker) return;
    AggregatorRegistry.setRegistries(this);
    new AggregatorRegistry(); // answers the gathering process from now on
    process.on('message', (message: Partial<Gathered>) => {
      if (message?.type === 'metrics' && message.id !== undefined)
        this.waiting.get(message.id)?.(message.text);
    });
  }

  /** Prometheus' text format: of all workers, or of this process alone when it has no siblings. */
  async gather(): Promise<string> {
    const gathered = cluster.isWorker && process.connected ? await this.askPrimary() : undefined;
    return gathered ?? this.metrics();
  }

  private async askPrimary(): Promise<string | undefined> {
    const id = ++this.lastId;
    const answer = new Promise<string | undefined>((resolve) => {
      const timer = setTimeout(() => resolve(undefined), GATHER_MS);
      this.waiting.set(id, (text) => {
        clearTimeout(timer);
        resolve(text);
      });
      process.send?.({ type: 'metrics', id });
    });
    return answer.finally(() => this.waiting.delete(id));
  }
}
