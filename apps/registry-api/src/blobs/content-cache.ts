import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { limits } from '../limits.js';

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

  get(digest: string): Buffer | undefined {
    return this.bytes.get(digest);
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
