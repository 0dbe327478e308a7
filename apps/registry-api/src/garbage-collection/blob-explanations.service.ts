import type { Digest } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import { ENV, type Env } from '../env.js';
import { NotFound } from '../errors/domain-errors.js';
import { BlobExplanationStore, type BlobFacts } from './blob-explanation.store.js';

/**
 * - `kept`: a manifest needs it, or one in trash;
 * - `waiting`: nothing needs it, and somebody touched it not long ago;
 * - `collectable`: the next collection removes it;
 * - `removing`: it has gone, and its bytes are being removed.
 */
export const blobFates = ['kept', 'waiting', 'collectable', 'removing'] as const;
export type BlobFate = (typeof blobFates)[number];

export interface BlobExplanation {
  readonly fate: BlobFate;
  readonly sentence: string;
  /** When a collection may take it, if nobody touches it. */
  readonly goesAt?: Date;
  readonly blob?: BlobFacts;
}

/** Says why a blob is kept, or when it goes. */
@Injectable()
export class BlobExplanations {
  constructor(
    @Inject(BlobExplanationStore) private readonly blobs: BlobExplanationStore,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** Throws `NotFound`. */
  async explain(digest: Digest): Promise<BlobExplanation> {
    const graceSeconds = this.env.collectionGraceSeconds;
    const blob = await this.blobs.find(digest.text, graceSeconds);
    if (blob) return explained(blob, graceSeconds);
    if (await this.blobs.isBeingRemoved(digest.text)) {
      return { fate: 'removing', sentence: 'It has been collected, and its bytes are being removed.' };
    }
    throw new NotFound('There is no such blob.');
  }
}

function explained(blob: BlobFacts, graceSeconds: number): BlobExplanation {
  const needing = blob.repositories.filter(({ isNeeded }) => isNeeded);
  if (needing.length > 0) {
    const names = needing.map(({ name }) => name);
    return { fate: 'kept', sentence: `Manifests need it, or their trash, in ${listed(names)}.`, blob };
  }
  const touched = [blob.touchedAt, ...blob.repositories.map(({ touchedAt }) => touchedAt)];
  const goesAt = new Date(Math.max(...touched.map((at) => at.getTime())) + graceSeconds * 1000);
  if (goesAt.getTime() > Date.now() || blob.repositories.some(({ isStale }) => !isStale)) {
    return {
      fate: 'waiting',
      sentence: 'No manifest needs it; the grace period since it was touched goes on.',
      goesAt,
      blob,
    };
  }
  return {
    fate: 'collectable',
    sentence: 'No manifest needs it: the next collection removes it.',
    goesAt,
    blob,
  };
}

const NAMED = 5;

function listed(names: readonly string[]): string {
  const more = names.length - NAMED;
  return names.slice(0, NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
