export const searchSorts = ['relevance', 'updated', 'name', 'pulls'] as const;
export type SearchSort = (typeof searchSorts)[number];

export const searchFilters = ['platform', 'type', 'visibility', 'namespace'] as const;
export type SearchFilter = (typeof searchFilters)[number];

/** What decides how a statement looks; its values come as parameters. */
export interface SearchShape {
  readonly sort: SearchSort;
  readonly hasText: boolean;
  /** Whether the last word can be a tag, and stands after others. */
  readonly tag: 'none' | 'alone' | 'after words';
  readonly filters: readonly SearchFilter[];
  /** Whether it begins after another page. */
  readonly hasLast: boolean;
  /** Whether nobody asks, who sees public repositories at most. */
  readonly isAnonymous: boolean;
  /** By `nextCursor`, or by a page's number (`docker search`). */
  readonly paging: 'keyset' | 'offset';
  readonly hasFacets: boolean;
}

/**
 * Parameters from $8 on. Those that decide which index is good are put into subqueries: so the planner takes the
 * search index whatever the word is, and never reads the table from its beginning to its end.
 */
export const searchParameters = {
  words: '$8::text[]',
  name: '$9::text',
  longestPattern: '$10::text',
  otherPatterns: '$11::text[]',
  tagBeginning: '$12::text',
  tagWords: '$13::text[]',
  platforms: '$14::text[]',
  types: '$15::text[]',
  visibility: '$16::text',
  namespace: '$17::text',
  limit: '$18::int',
  last: ['$19', '$20', '$21'],
} as const;

/** Parameters of a statement's own start here. */
export const FIRST_OWN_PARAMETER = 22;

/** Tells Postgres their types, also of those that a statement has no use for; never runs. */
export const givenParameters = `given AS (
      SELECT $8::text[], $9::text, $10::text, $11::text[], $12::text, $13::text[], $14::text[], $15::text[], $16::text,
        $17::text, $18::int, $19::text, $20::text, $21::text
    )`;

const { words, name, longestPattern, otherPatterns } = searchParameters;

/** Behind every character of names and tags. */
const AFTER = `'~'`;

export function beginsWith(column: string, beginning: string): string {
  return `(${column} >= ${beginning} AND ${column} < ${beginning} || ${AFTER})`;
}

export function inName(column: string): string {
  return `(${column} LIKE (SELECT ${longestPattern}) AND ${column} LIKE ALL (${otherPatterns}))`;
}

export const candidateColumns = `repository.id, repository.name, repository.last_component, repository.visibility,
  repository.namespace_id, repository.platforms, repository.artifact_kinds, repository.popularity`;

export interface Conditions {
  /** The one scope and all filters. */
  readonly permitted: string;
  /** And the text. */
  readonly matching: string;
  /** Whether there is a text or a filter at all. */
  readonly isNarrowed: boolean;
}

/** The WHERE of `repositories repository`. */
export function conditionsOf(shape: SearchShape, isVisible: string): Conditions {
  const filters = shape.filters.map((filter) => filterConditions[filter]);
  // Implied by the scope, and answered by an index.
  const implied = shape.isAnonymous ? [`repository.visibility = 'public'`] : [];
  return {
    permitted: [isVisible, ...implied, ...filters].join(' AND '),
    matching: shape.hasText
      ? [isVisible, ...implied, matchesText(shape.isAnonymous, filters)].join(' AND ')
      : [isVisible, ...implied, ...filters].join(' AND '),
    isNarrowed: shape.hasText || filters.length > 0,
  };
}

/**
 * Every word is in the document, or the name begins with the text. Indexes answer all of it, the mark of public
 * documents too: nothing of a document is read, which would cost more than all the rest. Filters stand on each side:
 * the index of documents looks for words and filters together, and none looks for all that the filters alone leave,
 * from which `IS TRUE` keeps it.
 */
function matchesText(isAnonymous: boolean, filters: readonly string[]): string {
  const query = isAnonymous ? `search_query(${words}) && '''=public'''::tsquery` : `search_query(${words})`;
  const byDocument = [`repository.search @@ (SELECT ${query})`, ...filters].join(' AND ');
  const filtered = filters.length === 0 ? '' : `AND (${filters.join(' AND ')}) IS TRUE`;
  return `(${byDocument}
    OR ${beginsWith('repository.last_component', name)} ${filtered}
    OR ${beginsWith('repository.name', name)} ${filtered})`;
}

const filterConditions: Readonly<Record<SearchFilter, string>> = {
  platform: `repository.platforms && (SELECT ${searchParameters.platforms})`,
  type: `repository.artifact_kinds @> (SELECT ${searchParameters.types})`,
  visibility: `repository.visibility = ${searchParameters.visibility}`,
  namespace: `repository.namespace_id = (SELECT id FROM namespaces WHERE name = ${searchParameters.namespace})`,
};

/** Less is nearer: the exact name, the last component, a beginning, the words in the name, elsewhere, similar words. */
export function distanceOf(relation: 'candidate' | 'repository'): string {
  return `CASE
    WHEN ${relation}.name IN (${name}, 'library/' || ${name}) THEN 0
    WHEN ${relation}.last_component = ${name} THEN 1
    WHEN starts_with(${relation}.last_component, ${name}) OR starts_with(${relation}.name, ${name}) THEN 2
    WHEN ${inName(`${relation}.name`)} THEN 3
    ${relation === 'candidate' ? 'WHEN candidate.is_similar THEN 5' : ''}
    ELSE 4
  END`;
}
