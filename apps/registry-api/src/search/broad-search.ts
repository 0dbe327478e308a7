import { summaryColumns, summaryJoins } from '../repositories/repository-summary.js';
import {
  candidateColumns,
  conditionsOf,
  distanceOf,
  FIRST_OWN_PARAMETER,
  givenParameters,
  type SearchShape,
  searchParameters,
} from './search-conditions.js';
import { countValues, type ValuesToCount } from './search-facets.js';
import { isAfter, keyColumns, orderBy, sortColumns, sortJoin, walkSql } from './search-orders.js';

/** What decides how the statement looks, beyond the shape of the search. */
export interface BroadShape extends SearchShape {
  /** Whether the page is known already. */
  readonly hasPage: boolean;
  readonly isAdmin: boolean;
  /** Whether to look at each match costs more than to follow the order of popularity. */
  readonly isWide: boolean;
  /** Values that have to be counted; a list for each facet is the last parameters. */
  readonly counted: readonly ValuesToCount[];
}

/** So many of the best are found, and pages end with them. */
const RANKED_AT_MOST = 400;

/**
 * The SELECT of a search for which too much matches to look at everything, for `visibleList`: the best of it by index,
 * and counts of values that are rare among it.
 */
export function broadSelect(shape: BroadShape, isVisible: string): string {
  const conditions = conditionsOf(shape, isVisible);
  const { sort, paging, hasText } = shape;
  const counts = shape.counted.map((values, index) =>
    countValues(values, `$${FIRST_OWN_PARAMETER + index}::text[]`, conditions.matching, shape.isAdmin),
  );
  const isPaged = hasText && sort === 'relevance';
  return `
    WITH ${givenParameters}
    SELECT counts.counts, shown.*
    FROM (SELECT ARRAY[${counts.join(', ')}]::json[] AS counts OFFSET 0) counts
    LEFT JOIN (
      SELECT ${summaryColumns}, page.key, page.position
      FROM (
        SELECT ranked.id, ARRAY[${keyColumns(sort)}] AS key, row_number() OVER (ORDER BY ${orderBy(sort)}) AS position
        FROM (
          SELECT candidate.id, candidate.name, candidate.popularity, ${hasText ? `5 - ${distanceOf('candidate')}` : '0'} AS nearness
            ${sortColumns(sort)}
          FROM (SELECT DISTINCT ON (id) *, false AS is_similar FROM (${bestSql(shape, conditions)}) best ORDER BY id) candidate
          ${sortJoin(sort, 'candidate.id')}
        ) ranked
        WHERE ${shape.hasPage ? 'false' : isPaged && paging === 'keyset' && shape.hasLast ? isAfter(sort) : 'true'}
        ORDER BY ${orderBy(sort)} LIMIT ${searchParameters.limit}
        ${paging === 'offset' ? `OFFSET ${searchParameters.last[0]}::int` : ''}
      ) page JOIN repositories repository ON repository.id = page.id ${summaryJoins}
    ) shown ON true`;
}

function bestSql(shape: BroadShape, conditions: ReturnType<typeof conditionsOf>): string {
  const { name, limit } = searchParameters;
  const ranked = String(RANKED_AT_MOST);
  if (shape.paging === 'offset' && !shape.hasText)
    return walkSql({ ...shape, hasLast: false }, conditions, ranked);
  if (!shape.hasText || shape.sort !== 'relevance') return walkSql(shape, conditions, limit);
  if (!shape.isWide) {
    return `
          SELECT ${candidateColumns} FROM repositories repository WHERE ${conditions.matching}
          ORDER BY ${distanceOf('repository')}, repository.popularity DESC, repository.id DESC LIMIT ${ranked}`;
  }
  return `${walkSql({ ...shape, hasLast: false }, conditions, ranked)}
          UNION ALL (
            SELECT ${candidateColumns} FROM repositories repository
            WHERE ${conditions.permitted}
              AND (repository.last_component = ${name} OR repository.name IN (${name}, 'library/' || ${name}))
            LIMIT ${ranked})`;
}
