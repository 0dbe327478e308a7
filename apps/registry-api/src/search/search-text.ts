import { RequestInvalid } from '../errors/domain-errors.js';
import { escapeLike } from './escape-like.js';

/** What somebody searches for, ready for SQL. */
export interface SearchText {
  /** As a repository's name would be written; empty for a text that finds everything. */
  readonly name: string;
  /** Every word once, in lower case. */
  readonly words: readonly string[];
  /** LIKE patterns, each of which a name with all words matches: the longest first, which narrows an index best. */
  readonly patterns: readonly string[];
  /** The last word as it was typed, which may be the beginning of a tag, and the words before it. */
  readonly tag?: { readonly beginning: string; readonly words: readonly string[] };
}

const MAX_CHARACTERS = 500;
const MAX_WORDS = 20;
const TAG = /^[a-z0-9_][a-z0-9._-]{0,127}$/i;

/** Words lie between spaces or control characters. Throws `RequestInvalid` for a text longer than any sensible one. */
export function parseSearchText(query: string): SearchText {
  if (query.length > MAX_CHARACTERS) {
    throw new RequestInvalid(`A search may have at most ${MAX_CHARACTERS} characters.`);
  }
  const typed = query
    .toWellFormed()
    .split(/[\s\p{Cc}]+/u)
    .filter(Boolean);
  if (typed.length > MAX_WORDS) throw new RequestInvalid(`A search may have at most ${MAX_WORDS} words.`);
  const words = unique(typed.map((word) => word.toLowerCase()));
  const last = typed.at(-1) ?? '';
  return {
    name: words.join('-'),
    words,
    patterns: [...words].sort((a, b) => b.length - a.length).map((word) => `%${escapeLike(word)}%`),
    tag: TAG.test(last) ? { beginning: last, words: unique(words.slice(0, -1)) } : undefined,
  };
}

function unique(words: readonly string[]): string[] {
  return [...new Set(words)];
}
