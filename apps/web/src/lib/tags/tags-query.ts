import { oneOf, type Query, single } from '../page-query';
import { tagsHref, withQuery } from '../repository/links';

export const tagSorts = ['semver', 'updated', 'size', 'name'] as const;
export type TagSort = (typeof tagSorts)[number];
export type Order = 'asc' | 'desc';

/** What the address of a list of tags asks for. */
export interface TagsQuery {
  readonly q: string;
  readonly sort: TagSort;
  readonly order: Order;
  /** With manifests that no tag points to. */
  readonly untagged: boolean;
  /** With signatures, SBOMs and attestations. */
  readonly referrers: boolean;
  readonly cursor?: string;
}

export function readTagsQuery(query: Query): TagsQuery {
  const sort = oneOf(query.sort, tagSorts) ?? 'semver';
  return {
    q: single(query.q)?.trim() ?? '',
    sort,
    order: oneOf(query.order, ['asc', 'desc']) ?? usualOrder(sort),
    untagged: single(query.untagged) === 'true',
    referrers: single(query.referrers) === 'true',
    cursor: single(query.cursor) || undefined,
  };
}

/** The order one wants first: the newest, the largest, the highest version; names from a to z. */
export function usualOrder(sort: TagSort): Order {
  return sort === 'name' ? 'asc' : 'desc';
}

/** The address of a list of tags; what goes without saying is left out. */
export function tagListHref(
  name: string,
  { q, sort, order, untagged, referrers, cursor }: TagsQuery,
): string {
  return withQuery(tagsHref(name), {
    q,
    sort: sort === 'semver' ? undefined : sort,
    order: order === usualOrder(sort) ? undefined : order,
    untagged: untagged ? 'true' : undefined,
    referrers: referrers ? 'true' : undefined,
    cursor,
  });
}

/** As the API takes it. */
export function toTagListQuery({ q, untagged, referrers, ...query }: TagsQuery) {
  return {
    ...query,
    q: q || undefined,
    untagged: untagged ? ('true' as const) : undefined,
    referrers: referrers ? ('true' as const) : undefined,
    uniqueBytes: 'true' as const,
    limit: '50',
  };
}
