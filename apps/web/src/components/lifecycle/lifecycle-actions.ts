'use server';

import { textOf } from '@/lib/forms/attempt';
import type { FormState } from '@/lib/forms/form-state';
import { isDuration } from '@/lib/lifecycle/duration';
import { readPatterns, refusedPattern } from '@/lib/lifecycle/patterns';
import type { RuleTarget } from '@/lib/lifecycle/rule-target';
import { changeRules } from '@/lib/lifecycle/writing';

/** Adds patterns of immutable tags to those that are there. */
export async function addImmutableTags(target: RuleTarget, _: FormState, form: FormData): Promise<FormState> {
  const added = readPatterns(textOf(form, 'patterns'));
  if (added.length === 0) return { problem: 'Write the pattern first, as in v* or release-*.' };
  const problem = refusedPattern(added);
  if (problem) return { problem };
  return changeRules(
    target,
    ({ immutableTags }) => ({ immutableTags: [...new Set([...immutableTags, ...added])] }),
    `${added.join(', ')}: added.`,
  );
}

/** Takes one pattern away. */
export async function removeImmutableTags(target: RuleTarget, pattern: string): Promise<FormState> {
  return changeRules(
    target,
    ({ immutableTags }) => ({ immutableTags: immutableTags.filter((other) => other !== pattern) }),
    `${pattern}: removed.`,
  );
}

/** Sets which tags end by themselves; `off` ends that. */
export async function changeExpiry(target: RuleTarget, _: FormState, form: FormData): Promise<FormState> {
  if (textOf(form, 'do') === 'off')
    return changeRules(target, () => ({ expiry: null }), 'No tag ends by this rule any more.');
  const tags = readPatterns(textOf(form, 'expiringTags'));
  const after = textOf(form, 'after').trim();
  if (tags.length === 0) return { problem: 'Write which tags end, as in pr-*.' };
  const problem = refusedPattern(tags);
  if (problem) return { problem };
  if (!isDuration(after))
    return { problem: 'Write after which time they end as a number and m, h, d or w, as in 12h or 30d.' };
  return changeRules(target, () => ({ expiry: { tags, after } }), 'Saved.');
}
