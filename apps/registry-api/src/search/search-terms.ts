import { RequestInvalid } from '../errors/domain-errors.js';

/** A search text, ready for SQL. */
export interface SearchTerms {
  /** The whole text, trimmed and in lower case: what a name can be exactly. */
  readonly text: string;
  /** LIKE patterns, each of which has to match; none for an empty text, which finds everything. */
  readonly patterns: string[];
  /** LIKE pattern of what begins with the text. */
  readonly prefixPattern: string;
}

const MAX_CHARACTERS = 500;
const MAX_WORDS = 20;

/** Words lie between spaces or control characters. Throws `RequestInvalid` for a text longer than any sensible one. */
export function parseSearchTerms(query: string): SearchTerms {
  if (query.length > MAX_CHARACTERS) {
    throw new RequestInvalid(`A search may have at most ${MAX_CHARACTERS} characters.`);
  }
  const words = query
    .toLowerCase()
    .split(/[\s\p{Cc}]+/u)
    .filter(Boolean);
  if (words.length > MAX_WORDS) throw new RequestInvalid(`A search may have at most ${MAX_WORDS} words.`);
  const longestFirst = [...new Set(words)].sort((a, b) => b.length - a.length);
  const text = words.join(' ');
  return {
    text,
    patterns: longestFirst.map((word) => `%${escapeLike(word)}%`),
    prefixPattern: `${escapeLike(text)}%`,
  };
}

/** Takes LIKE's wildcards by the letter; backslash is Postgres' default escape. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
