import type { ListPage } from '../http/cursor-page.js';
import {
  MAX_LISTED,
  MAX_NAMED,
  type RetentionPreviewAnswer,
  type RetentionRunAnswer,
  type RetentionRunPageAnswer,
} from './retention.schema.js';
import type { RetentionPlan } from './retention-plan.js';
import type { RecordedRun } from './retention-run.store.js';

export function toPreview({
  tags,
  manifests,
  kept,
  keptUntaggedCount,
  freedBytes,
  plan,
}: RetentionPlan & { freedBytes: number; plan: string }): RetentionPreviewAnswer {
  return {
    tagCount: tags.length,
    manifestCount: manifests.length,
    freedBytes,
    tags: tags.slice(0, MAX_LISTED),
    manifests: manifests.slice(0, MAX_LISTED),
    kept: kept.map(({ because, rule = null, tags: names }) => ({
      because,
      rule,
      tagCount: names.length,
      tags: names.slice(0, MAX_NAMED),
    })),
    keptUntaggedCount,
    plan,
  };
}

export function toRun({ startedAt, finishedAt, ...run }: RecordedRun): RetentionRunAnswer {
  return { ...run, startedAt: startedAt.toISOString(), finishedAt: finishedAt.toISOString() };
}

export function toRunPage({
  items,
  nextCursor,
  nextAt,
}: ListPage<RecordedRun> & { nextAt?: Date }): RetentionRunPageAnswer {
  return { items: items.map(toRun), nextCursor, nextAt: nextAt?.toISOString() ?? null };
}
