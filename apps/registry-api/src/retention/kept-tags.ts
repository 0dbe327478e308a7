import type { ContentTag } from './retention-content.js';
import type { RetentionRule } from './retention-policy.js';

/** What keeps a tag: that it is immutable, that no rule is for it, or a condition of its rule. */
export const keepingReasons = ['immutable', 'unmatched', 'last', 'newer', 'pulled'] as const;
export type KeepingReason = (typeof keepingReasons)[number];

/** Tags that stay for one reason; `rule` counts from 0, and is undefined where none is for them. */
export interface KeptTags {
  readonly because: KeepingReason;
  readonly rule?: number;
  /** By name. */
  readonly tags: readonly string[];
}

export interface KeptTag {
  readonly tag: ContentTag;
  readonly because: KeepingReason;
  readonly rule?: RetentionRule;
}

/** By rule, in their order, then those that no rule is for. */
export function groupKept(kept: readonly KeptTag[], rules: readonly RetentionRule[]): KeptTags[] {
  const groups = [...rules.keys(), undefined].flatMap((rule) =>
    keepingReasons.map((because) => ({
      because,
      rule,
      tags: kept
        .filter((one) => one.because === because && one.rule === (rule === undefined ? rule : rules[rule]))
        .map(({ tag }) => tag.name)
        .sort(),
    })),
  );
  return groups.filter(({ tags }) => tags.length > 0);
}
