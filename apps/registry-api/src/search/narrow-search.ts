import { summaryColumns, summaryJoins } from '../repositories/repository-summary.js';
import {
  beginsWith,
  type Conditions,
  candidateColumns,
  conditionsOf,
  distanceOf,
  givenParameters,
  inName,
  type SearchShape,
  searchParameters,
} from './search-conditions.js';
import { frequentValues } from './search-facets.js';
import { isAfter, keyColumns, orderBy, sortColumns, sortJoin } from './search-orders.js';

/** So many matches are all looked at; more are too many. Of everything it is a sample, and should cost little. */
export function seenAtMost({ hasText, filters }: SearchShape): number {
  if (hasText) return 8000;
  return filters.length > 0 ? 3000 : 1000;
}
/** With fewer matches than this, words count that begin so, and tags. */
const FEW = 1000;
/** With fewer than this, words count that are similar. */
const VERY_FEW = 25;
/** So many tags that begin so are looked at: `latest` is in nearly every repository. */
const TAGS_LOOKED_AT = 20_000;

const candidateNames =
  'id, name, last_component, visibility, namespace_id, platforms, artifact_kinds, popularity, is_similar';

/**
 * The SELECT of a search that looks at everything that matches, for `visibleList`: a row for each repository of the
 * page, one at least. When `total` is more than `seenAtMost` there is no page (but for everything by popularity, of
 * which the first page is what was seen first), and the facets are those of a sample: then `broadSelect` goes on.
 */
export function narrowSelect(shape: SearchShape, isVisible: string): string {
  const conditions = conditionsOf(shape, isVisible);
  const isBroad = `(SELECT total > ${seenAtMost(shape)} FROM seen_size)`;
  const { hasText, hasFacets, paging, sort } = shape;
  return `
    WITH ${givenParameters}, seen AS MATERIALIZED (${seenSql(shape, conditions)}), seen_size AS MATERIALIZED (
      SELECT count(*) AS total, ${foundPart(conditions)} AS found_part FROM seen
    )${hasText ? furtherSql(shape, conditions) : ''}, candidate AS MATERIALIZED (
      SELECT DISTINCT ON (id) * FROM (
        SELECT ${candidateNames} FROM seen ${hasText ? 'UNION ALL SELECT * FROM further' : ''}
      ) candidate ORDER BY id, is_similar
    ), page AS (
      SELECT ranked.id, ARRAY[${keyColumns(sort)}] AS key, row_number() OVER (ORDER BY ${orderBy(sort)}) AS position
      FROM (
        SELECT candidate.id, candidate.name, candidate.popularity, ${hasText ? `5 - ${distanceOf('candidate')}` : '0'} AS nearness
          ${sortColumns(sort)}
        FROM candidate ${sortJoin(sort, 'candidate.id')}
        WHERE ${servesFirstPage(shape, conditions) ? 'true' : `NOT ${isBroad}`}
      ) ranked
      WHERE ${paging === 'keyset' && shape.hasLast ? isAfter(sort) : 'true'}
      ORDER BY ${orderBy(sort)} LIMIT ${searchParameters.limit}
      ${paging === 'offset' ? `OFFSET ${searchParameters.last[0]}::int` : ''}
    )
    SELECT size.*, shown.*
    FROM (
      SELECT CASE WHEN ${isBroad} THEN total ELSE (SELECT count(*) FROM candidate) END::int AS total, found_part, p.is_admin, ${hasFacets ? frequentValues('candidate') : 'NULL'} AS facets
      FROM seen_size
    ) size
    LEFT JOIN (
      SELECT ${summaryColumns}, page.key, page.position
      FROM page JOIN repositories repository ON repository.id = page.id ${summaryJoins}
    ) shown ON true`;
}

/** Everything by popularity: what is seen first is the first page. */
export function servesFirstPage({ sort, hasLast, paging }: SearchShape, { isNarrowed }: Conditions): boolean {
  return !isNarrowed && sort === 'relevance' && !hasLast && paging === 'keyset';
}

/** `place`: how far through all repositories one was found. */
function seenSql(shape: SearchShape, { matching, isNarrowed }: Conditions): string {
  if (isNarrowed) {
    return `
      SELECT ${candidateColumns}, false AS is_similar, repository.ctid AS place
      FROM repositories repository WHERE ${matching} LIMIT ${seenAtMost(shape) + 1}`;
  }
  return `
      SELECT repository.*, step.place FROM (
        SELECT id, row_number() OVER (ORDER BY popularity DESC, id DESC) AS place
        FROM repositories ORDER BY popularity DESC, id DESC
      ) step CROSS JOIN LATERAL (
        SELECT ${candidateColumns}, false AS is_similar FROM repositories repository
        WHERE repository.id = step.id AND ${matching} OFFSET 0
      ) repository LIMIT ${seenAtMost(shape) + 1}`;
}

/** The part of all repositories, 0 to 1, that was looked through: an index finds in the order of the table's pages. */
function foundPart({ isNarrowed }: Conditions): string {
  const found = isNarrowed
    ? `((max(place)::text::point)[0] + 1) / (pg_relation_size('repositories') / current_setting('block_size')::int)`
    : 'max(place)::float8 / (SELECT max(id) FROM repositories)';
  return `least(coalesce(${found}, 1), 1)`;
}

/** Where little matches: words and tags that begin so, names that hold the words, and words that are similar. */
function furtherSql({ tag }: SearchShape, { permitted }: Conditions): string {
  const { words, tagBeginning, tagWords } = searchParameters;
  const few = `(SELECT total < ${FEW} FROM seen_size)`;
  const select = (condition: string, isSimilar: boolean) => `
        (SELECT ${candidateColumns}, ${isSimilar} AS is_similar FROM repositories repository
         WHERE ${condition} AND ${permitted} LIMIT ${FEW + 1})`;
  const tagged = {
    none: [],
    alone: [
      `(SELECT repository.* FROM (
          SELECT DISTINCT repository_id FROM (
            SELECT repository_id FROM tags WHERE ${few} AND ${beginsWith('tags.name', tagBeginning)} LIMIT ${TAGS_LOOKED_AT}
          ) tag
        ) step CROSS JOIN LATERAL (
          SELECT ${candidateColumns}, false AS is_similar FROM repositories repository
          WHERE repository.id = step.repository_id AND ${permitted} OFFSET 0
        ) repository LIMIT ${FEW + 1})`,
    ],
    'after words': [
      select(
        `${few} AND repository.search @@ (SELECT search_query(${tagWords})) AND EXISTS (
          SELECT FROM tags tag WHERE tag.repository_id = repository.id AND ${beginsWith('tag.name', tagBeginning)})`,
        false,
      ),
    ],
  }[tag];
  const nearby = [
    select(`${few} AND repository.search @@ (SELECT beginning_query(${words}))`, false),
    select(`${few} AND ${inName('repository.name')}`, false),
    ...tagged,
  ];
  return `, nearby AS MATERIALIZED (
      ${nearby.join(' UNION ALL ')}
    ), further AS MATERIALIZED (
      SELECT * FROM nearby UNION ALL
      ${select(
        `(SELECT total + (SELECT count(*) FROM nearby) < ${VERY_FEW} FROM seen_size)
          AND repository.search @@ (SELECT forgiving_query(${words}))`,
        true,
      )}
    )`;
}
