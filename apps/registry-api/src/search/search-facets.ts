/** What results can be narrowed by. */
export const facetNames = ['platforms', 'types', 'visibilities', 'namespaces'] as const;
export type FacetName = (typeof facetNames)[number];

/** How often a value occurs. */
export interface FacetCount {
  readonly facet: FacetName;
  /** Of a namespace its name. */
  readonly value: string;
  readonly times: number;
}

/** Counts are exact to this. */
export const COUNTED_AT_MOST = 1000;
/** How many values of a facet are listed. */
const LISTED = 10;
const LISTED_NAMESPACES = 6;
/** What so many are expected of, going by a sample, is certainly more than `COUNTED_AT_MOST`. */
const CERTAIN = 2 * COUNTED_AT_MOST;

/** A scalar subquery: the most frequent values in `relation`, as a JSON list of `FacetCount`. */
export function frequentValues(relation: string): string {
  return `(
    WITH combination AS MATERIALIZED (
      SELECT platforms, artifact_kinds, visibility, count(*) AS times FROM ${relation} GROUP BY 1, 2, 3
    ), value AS (
      SELECT 'platforms' AS facet, value, sum(times) AS times FROM combination, unnest(platforms) value GROUP BY value
      UNION ALL SELECT 'types', value, sum(times) FROM combination, unnest(artifact_kinds) value GROUP BY value
      UNION ALL SELECT 'visibilities', visibility, sum(times) FROM combination GROUP BY visibility
      UNION ALL SELECT 'namespaces', (SELECT name FROM namespaces WHERE id = namespace_id), times
        FROM (SELECT namespace_id, count(*) AS times FROM ${relation} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${LISTED_NAMESPACES}) namespace
    )
    SELECT coalesce(json_agg(json_build_object('facet', facet, 'value', value, 'times', times)), '[]')
    FROM (SELECT *, row_number() OVER (PARTITION BY facet ORDER BY times DESC, value) AS rank FROM value) ranked
    WHERE rank <= ${LISTED})`;
}

/** The values whose counts a sample does not tell: `scale` is how many times more there may be than were seen. */
export function uncertainValues(sampled: readonly FacetCount[], scale: number): ValuesToCount[] {
  const uncertain = sampled.filter(({ times }) => times <= COUNTED_AT_MOST && times * scale <= CERTAIN);
  return facetNames.flatMap((facet) => {
    const values = uncertain.filter((count) => count.facet === facet).map(({ value }) => value);
    return values.length === 0 ? [] : { facet, values };
  });
}

/** A sample's values with their counts: of those that were counted these, of others that there are many. */
export function completedCounts(
  sampled: readonly FacetCount[],
  counted: readonly FacetCount[],
): FacetCount[] {
  return sampled.map((value) => {
    const exact = counted.find(({ facet, value: other }) => facet === value.facet && other === value.value);
    return { ...value, times: exact ? Math.max(exact.times, value.times) : COUNTED_AT_MOST + 1 };
  });
}

/** What a principal sees besides public repositories, unless it is an admin. */
const ofOwnReach = `(repository.namespace_id = ANY (ARRAY(SELECT namespace_id FROM namespace_members WHERE user_id = p.user_id))
    OR repository.namespace_id = p.robot_namespace_id
    OR repository.id = ANY (ARRAY(
      SELECT repository_id FROM repository_grants WHERE user_id = p.user_id OR robot_id = p.robot_id
        OR team_id IN (SELECT team_id FROM team_members WHERE team_members.user_id = p.user_id))))`;

/** Values of one facet that have to be counted. */
export interface ValuesToCount {
  readonly facet: FacetName;
  readonly values: readonly string[];
}

/** The rows that have one of the values in `parameter`, found by index, and the values of each row. */
function occurrences(
  { facet, values }: ValuesToCount,
  parameter: string,
  isAdmin: boolean,
): { condition: string; value: string } {
  switch (facet) {
    case 'platforms':
      return { condition: `repository.platforms && ${parameter}`, value: 'unnest(repository.platforms)' };
    case 'types':
      return {
        condition: `repository.artifact_kinds && ${parameter}`,
        value: 'unnest(repository.artifact_kinds)',
      };
    case 'visibilities': {
      // Few private repositories are somebody's own; few public ones are in an index of their own.
      const isOwn = !isAdmin && !values.includes('public');
      const condition = `repository.visibility = ANY (${parameter})`;
      return {
        condition: isOwn ? `${condition} AND ${ofOwnReach}` : condition,
        value: 'repository.visibility',
      };
    }
    case 'namespaces':
      return {
        condition: `repository.namespace_id = ANY (ARRAY(SELECT id FROM namespaces WHERE name = ANY (${parameter})))`,
        value: '(SELECT name FROM namespaces WHERE id = repository.namespace_id)',
      };
  }
}

/** A scalar subquery: how often the values occur among what matches, as a JSON list of `FacetCount`. */
export function countValues(
  counted: ValuesToCount,
  parameter: string,
  matching: string,
  isAdmin: boolean,
): string {
  const { condition, value } = occurrences(counted, parameter, isAdmin);
  return `(
    SELECT coalesce(json_agg(json_build_object('facet', '${counted.facet}', 'value', value, 'times', times)), '[]') FROM (
      SELECT value, count(*) AS times FROM (
        SELECT ${value} AS value FROM repositories repository WHERE ${condition} AND ${matching}
      ) occurrence WHERE value = ANY (${parameter}) GROUP BY value
    ) counted)`;
}
