import { PaginationInvalid } from '../errors/domain-errors.js';
import { limits } from '../limits.js';

/** One page of a list as `/v2` asks for it (distribution spec, "Listing Tags"). */
export interface Page {
  /** Most entries to answer, 0 to `limits.pageSize`. */
  readonly size: number;
  /** The entry after which the page begins; undefined for the first page. */
  readonly last?: string;
}

/**
 * Reads `n` and `last` of a query string. A missing `n` and one beyond the limit both mean the limit.
 * @throws PaginationInvalid for an `n` that is no whole number from 0.
 */
export function parsePage(query: Readonly<Record<string, unknown>>): Page {
  const { n, last } = query;
  return {
    size: n === undefined ? limits.pageSize : parseSize(n),
    // No entry holds a NUL, and Postgres takes none: what comes after "a" and after "a<NUL>b" is the same.
    last: typeof last === 'string' ? last.split('\0', 1)[0] : undefined,
  };
}

/**
 * The entries of a page and the value of its `Link` header, if there is more (RFC 5988). `found` holds one entry more
 * than the page when there is more: ask the database for `size + 1`. `path` is the list's own path, without a query.
 */
export function cutPage<Entry>(
  found: readonly Entry[],
  { size }: Page,
  path: string,
  nameOf: (entry: Entry) => string,
): { entries: Entry[]; link?: string } {
  const entries = found.slice(0, size);
  const final = entries.at(-1);
  if (final === undefined || found.length <= size) return { entries };
  const query = new URLSearchParams({ n: String(size), last: nameOf(final) });
  return { entries, link: `<${path}?${query.toString()}>; rel="next"` };
}

function parseSize(n: unknown): number {
  const size = typeof n === 'string' && /^[0-9]+$/.test(n) ? Number(n) : Number.NaN;
  if (!Number.isSafeInteger(size)) throw new PaginationInvalid(String(n));
  return Math.min(size, limits.pageSize);
}
