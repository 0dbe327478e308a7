import { Inject, Injectable } from '@nestjs/common';
import type { Requester } from '../access/credential.js';
import { unpreparedList, VisibleLists } from '../access/visible-lists.service.js';
import { type RepositorySummary, type SummaryRow, toSummary } from '../repositories/repository-summary.js';
import { type BroadShape, broadSelect } from './broad-search.js';
import { narrowSelect, seenAtMost } from './narrow-search.js';
import { type SearchFilter, type SearchShape, type SearchSort, searchFilters } from './search-conditions.js';
import { completedCounts, type FacetCount, uncertainValues } from './search-facets.js';
import type { SearchText } from './search-text.js';

/** What somebody searches for, and which part of what is found. */
export interface Search {
  readonly text: SearchText;
  readonly sort: SearchSort;
  readonly filters: Readonly<Partial<Record<SearchFilter, string>>>;
  readonly limit: number;
  /** Where the page begins: after a key, or after so many. */
  readonly start?: { readonly after: readonly string[] } | { readonly offset: number };
  readonly hasFacets: boolean;
}

export interface FoundRepository {
  readonly summary: RepositorySummary;
  /** Where it stands in the order. */
  readonly key: readonly string[];
}

export interface FoundRepositories {
  readonly repositories: readonly FoundRepository[];
  /** Exact to `COUNTED_AT_MOST`. */
  readonly total: number;
  readonly facets: readonly FacetCount[];
}

/** Above so many, to look at each costs more than to follow the order of popularity. */
const WIDE = 10_000;

/** Words in which an index of three letters finds something. */
const HAS_TRIGRAM = /[\p{L}\p{N}]{3}/u;

@Injectable()
export class SearchStore {
  constructor(@Inject(VisibleLists) private readonly lists: VisibleLists) {}

  /**
   * Repositories that the requester may pull now. One round trip, and a second one where too much matches to look at
   * all of it; then pages by relevance end after the best 400. Throws `Unauthorized`.
   */
  async search(requester: Requester, search: Search): Promise<FoundRepositories> {
    const shape = shapeOf(requester, search);
    const values = parametersOf(search);
    const rows = await this.lists.query<NarrowRow>(requester, listOf(shape, narrowSelect), values);
    const [first] = rows;
    if (!first) throw new Error('the search answered no row');
    const found = rows.flatMap(toFound);
    const sampled = first.facets ?? [];
    if (first.total <= seenAtMost(shape)) return { repositories: found, total: first.total, facets: sampled };
    const scale = 1 / first.found_part;
    const counted = uncertainValues(sampled, scale);
    if (found.length > 0 && counted.length === 0) {
      return { repositories: found, total: first.total, facets: completedCounts(sampled, []) };
    }
    const broad: BroadShape = {
      ...shape,
      hasPage: found.length > 0,
      isAdmin: first.is_admin,
      isWide: first.total * scale > WIDE,
      counted,
    };
    const more = await this.lists.query<BroadRow>(requester, listOf(broad, broadSelect), [
      ...values,
      ...counted.map((uncertain) => uncertain.values),
    ]);
    const facets = completedCounts(sampled, more[0]?.counts?.flat() ?? []);
    return { repositories: broad.hasPage ? found : more.flatMap(toFound), total: first.total, facets };
  }
}

function shapeOf({ presented }: Requester, { text, sort, filters, start, hasFacets }: Search): SearchShape {
  return {
    sort,
    hasText: text.words.length > 0,
    tag: !text.tag ? 'none' : text.tag.words.length === 0 ? 'alone' : 'after words',
    filters: searchFilters.filter((filter) => filters[filter] !== undefined),
    hasLast: start !== undefined,
    isAnonymous: presented === 'none',
    paging: start && 'offset' in start ? 'offset' : 'keyset',
    hasFacets,
  };
}

/** In the order of `searchParameters`. */
function parametersOf({ text, filters, limit, start }: Search): unknown[] {
  const [longest = '', ...others] = text.patterns;
  const last = start === undefined ? [] : 'offset' in start ? [String(start.offset)] : start.after;
  return [
    text.words,
    text.name,
    HAS_TRIGRAM.test(longest) ? longest : null,
    others,
    text.tag?.beginning ?? null,
    text.tag?.words ?? [],
    filters.platform === undefined ? null : withVariants(filters.platform),
    filters.type === undefined ? null : [filters.type],
    filters.visibility ?? null,
    filters.namespace ?? null,
    limit,
    last[0] ?? null,
    last[1] ?? null,
    last[2] ?? null,
  ];
}

/** Who asks for `linux/arm64` means `linux/arm64/v8` as well. */
function withVariants(platform: string): string[] {
  return [platform, ...[2, 3, 4, 5, 6, 7, 8, 9].map((version) => `${platform}/v${version}`)];
}

/** Planned anew each time: what is a good plan depends on the words and on who asks. */
function listOf<Shape extends SearchShape>(
  shape: Shape,
  select: (shape: Shape, isVisible: string) => string,
) {
  return unpreparedList((isVisible) => select(shape, isVisible), 'found.position');
}

interface NarrowRow extends Omit<SummaryRow, 'name'> {
  readonly total: number;
  readonly found_part: number;
  readonly is_admin: boolean;
  readonly facets: FacetCount[] | null;
  readonly name: string | null;
  readonly key: string[];
}

interface BroadRow extends Omit<SummaryRow, 'name'> {
  readonly counts: FacetCount[][] | null;
  readonly name: string | null;
  readonly key: string[];
}

function toFound(row: NarrowRow | BroadRow): FoundRepository[] {
  return row.name === null ? [] : [{ summary: toSummary(row as SummaryRow), key: row.key }];
}
