import { oneOf, type Query, single } from '../page-query';
import { withQuery } from '../repository/links';

export const sorts = ['relevance', 'pulls', 'updated', 'name'] as const;
export type Sort = (typeof sorts)[number];

export const types = ['image', 'chart', 'wasm', 'artifact', 'signature', 'sbom', 'attestation'] as const;
export type Type = (typeof types)[number];

/** What the address of `/explore` asks for. */
export interface ExploreQuery {
  readonly q: string;
  readonly sort: Sort;
  readonly platform?: string;
  readonly type?: Type;
  readonly visibility?: 'public' | 'private';
  readonly namespace?: string;
  readonly cursor?: string;
}

/** Filters, each with a list of values to choose from. */
export type FilterName = 'platform' | 'type' | 'visibility' | 'namespace';

export function readExploreQuery(query: Query): ExploreQuery {
  const q = single(query.q)?.trim() ?? '';
  return {
    q,
    sort: oneOf(query.sort, sorts) ?? (q === '' ? 'updated' : 'relevance'),
    platform: single(query.platform) || undefined,
    type: oneOf(query.type, types),
    visibility: oneOf(query.visibility, ['public', 'private']),
    namespace: single(query.namespace) || undefined,
    cursor: single(query.cursor) || undefined,
  };
}

/** The address of a search; what goes without saying is left out. */
export function exploreHref({ q, sort, ...filters }: ExploreQuery): string {
  const isDefaultSort = sort === (q === '' ? 'updated' : 'relevance');
  return withQuery('/explore', { q, sort: isDefaultSort ? undefined : sort, ...filters });
}

export function toApiQuery(query: ExploreQuery): Omit<ExploreQuery, 'q'> & { q?: string; limit: string } {
  return { ...query, q: query.q || undefined, limit: '20' };
}

export function isFiltered({ platform, type, visibility, namespace }: ExploreQuery): boolean {
  return Boolean(platform ?? type ?? visibility ?? namespace);
}

export function withoutFilters({ q, sort }: ExploreQuery): ExploreQuery {
  return { q, sort };
}
