import type { RetentionRule } from '../registry-api/types';
import { isDuration } from './duration';
import { readPatterns, refusedPattern } from './patterns';

const LONGEST_LIST = 10_000;

/** The fields of a rule, as they are typed. */
export interface TypedRule {
  readonly tags: string;
  readonly keepLast: string;
  readonly order: string;
  readonly keepNewerThan: string;
  readonly keepPulledWithin: string;
}

export type ReadRule = { readonly rule: RetentionRule } | { readonly problem: string };

/** A rule, or a sentence that says what is missing in it. */
export function readRule({ tags, keepLast, order, keepNewerThan, keepPulledWithin }: TypedRule): ReadRule {
  const patterns = readPatterns(tags);
  if (!patterns.some((pattern) => !pattern.startsWith('!')))
    return { problem: 'Write which tags the rule is for, as in v* or *.' };
  const problem = refusedPattern(patterns);
  if (problem) return { problem };
  const last = keepLast.trim();
  const isCount = /^[1-9][0-9]*$/.test(last) && Number(last) <= LONGEST_LIST;
  if (last !== '' && !isCount)
    return { problem: 'How many of the last stay is a whole number from 1 to 10,000.' };
  const [newer, pulled] = [keepNewerThan.trim(), keepPulledWithin.trim()];
  if ([newer, pulled].some((duration) => duration !== '' && !isDuration(duration)))
    return { problem: 'Write times as a number and m, h, d or w, as in 30d or 12h.' };
  if (last === '' && newer === '' && pulled === '')
    return { problem: 'Say what stays: how many of the last, what is younger, or what was pulled lately.' };
  return {
    rule: {
      tags: patterns,
      order: order === 'semver' ? 'semver' : 'pushed',
      ...(last === '' ? {} : { keepLast: Number(last) }),
      ...(newer === '' ? {} : { keepNewerThan: newer }),
      ...(pulled === '' ? {} : { keepPulledWithin: pulled }),
    },
  };
}

/** `the last 10 pushed`, `the highest version`. */
export function lastInWords(count: number, order: RetentionRule['order']): string {
  if (order === 'semver') return count === 1 ? 'the highest version' : `the ${count} highest versions`;
  return count === 1 ? 'the one pushed last' : `the last ${count} pushed`;
}

/** `the last 10 pushed, what is younger than 30d, and what was pulled within 90d`. */
export function keptByRule({ keepLast, order, keepNewerThan, keepPulledWithin }: RetentionRule): string {
  const parts = [
    keepLast !== undefined && lastInWords(keepLast, order),
    keepNewerThan !== undefined && `what is younger than ${keepNewerThan}`,
    keepPulledWithin !== undefined && `what was pulled within ${keepPulledWithin}`,
  ].filter((part) => part !== false);
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(parts);
}
