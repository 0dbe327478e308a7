import { escapeLike } from '../search/escape-like.js';

/**
 * Patterns for whole tags: `*` stands for any characters, `?` for one, everything else for itself. A pattern behind `!`
 * takes out what others match. Matched in time that grows with the product of both lengths at most.
 */
export const tagPatternRule = /^!?[a-zA-Z0-9_.*?-]{1,128}$/;

export interface LikePatterns {
  readonly like: string[];
  readonly unlike: string[];
}

/** The same for SQL: a tag matches one of `like` and none of `unlike`. */
export function likePatternsOf(patterns: readonly string[]): LikePatterns {
  const toLike = (pattern: string) => escapeLike(pattern).replaceAll('*', '%').replaceAll('?', '_');
  return {
    like: patterns.filter((pattern) => !pattern.startsWith('!')).map(toLike),
    unlike: patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => toLike(pattern.slice(1))),
  };
}

export function matchesPatterns(tag: string, patterns: readonly string[]): boolean {
  const isIn = patterns.some((pattern) => !pattern.startsWith('!') && matches(tag, pattern));
  return isIn && !patterns.some((pattern) => pattern.startsWith('!') && matches(tag, pattern.slice(1)));
}

/** Goes back to the last `*` only: an earlier one has found its first place, and no later place could help. */
function matches(text: string, pattern: string): boolean {
  let [at, inPattern, afterStar, starMatchedTo] = [0, 0, -1, 0];
  while (at < text.length) {
    if (pattern[inPattern] === '*') {
      inPattern += 1;
      [afterStar, starMatchedTo] = [inPattern, at];
    } else if (pattern[inPattern] === '?' || pattern[inPattern] === text[at]) {
      at += 1;
      inPattern += 1;
    } else if (afterStar >= 0) {
      starMatchedTo += 1;
      [at, inPattern] = [starMatchedTo, afterStar];
    } else {
      return false;
    }
  }
  while (pattern[inPattern] === '*') inPattern += 1;
  return inPattern === pattern.length;
}
