import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Counter, Gauge } from 'prom-client';
import { limits } from '../limits.js';
import { MetricRegistry } from '../metrics/metric-registry.js';

/**
 * Immutable bytes of manifests and small blobs by digest, up to a number of bytes for the process. What may be read,
 * and whether it still exists, is asked of the database at every request: this only spares fetching the bytes.
 */
@Injectable()
export class ContentCache {
  private readonly bytes = new LRUCache<string, Buffer>({
    maxSize: limits.cacheBytes,
    maxEntrySize: limits.manifestBytes,
    sizeCalculation: (content) => content.length + 512,
  });
  /** Which digest a tag had last: only a hint which bytes need not be fetched. */
  private readonly tagHints = new LRUCache<string, string>({ max: 10_000 });

  private readonly lookUps: Counter<'result'>;

  constructor(@Inject(MetricRegistry) registry: MetricRegistry) {
    const { bytes } = this;
    this.lookUps = new Counter({
      name: 'berth_cache_lookups_total',
      help: 'Manifests and small blobs looked for in the memory of a process: hit or miss.',
      labelNames: ['result'],
      registers: [registry],
    });
    for (const result of ['hit', 'miss']) this.lookUps.inc({ result }, 0);
    new Gauge({
      name: 'berth_cache_bytes',
      help: 'Bytes of manifests and small blobs in memory.',
      registers: [registry],
      collect() {
        this.set(bytes.calculatedSize);
      },
    });
  }

  get(digest: string): Buffer | undefined {
    const found = this.bytes.get(digest);
    this.lookUps.inc({ result: found ? 'hit' : 'miss' });
    return found;
  }

  set(digest: string, content: Buffer): void {
    this.bytes.set(digest, content);
  }

  /** The digest whose bytes are held and that the tag pointed at last, if any. */
  hintFor(repositoryName: string, tag: string): string | undefined {
    const digest = this.tagHints.get(`${repositoryName}:${tag}`);
    return digest !== undefined && this.bytes.has(digest) ? digest : undefined;
  }

  noteTag(repositoryName: string, tag: string, digest: string): void {
    this.tagHints.set(`${repositoryName}:${tag}`, digest);
  }
}
