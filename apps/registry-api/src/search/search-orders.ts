import { z } from 'zod';
import {
  type Conditions,
  candidateColumns,
  type SearchShape,
  type SearchSort,
  searchParameters,
} from './search-conditions.js';

interface Order {
  /** Columns of `ranked` and the types of their values in a cursor. */
  readonly key: readonly (readonly [column: string, type: string])[];
  readonly direction: 'ASC' | 'DESC';
  /** What an index has in this order: a first column of `repositories repository` or `repository_summaries summary`. */
  readonly walked: string;
  /** The value of that column, made of the cursor's first. */
  readonly start: (parameter: string) => string;
}

const id = ['id', 'bigint'] as const;
const cast = (type: string) => (parameter: string) => `${parameter}::${type}`;

const orders: Readonly<Record<SearchSort, Order>> = {
  relevance: {
    key: [['nearness', 'int'], ['popularity', 'real'], id],
    direction: 'DESC',
    walked: 'repository.popularity',
    start: cast('real'),
  },
  updated: {
    key: [['active_micros', 'bigint'], id],
    direction: 'DESC',
    walked: 'summary.active_at',
    start: (micros) => `('epoch'::timestamptz + ${micros}::bigint * interval '1 microsecond')`,
  },
  pulls: {
    key: [['pull_count', 'bigint'], id],
    direction: 'DESC',
    walked: 'summary.pull_count',
    start: cast('bigint'),
  },
  name: { key: [['name', 'text']], direction: 'ASC', walked: 'repository.name', start: cast('text') },
};

export function orderBy(sort: SearchSort): string {
  const { key, direction } = orders[sort];
  return key.map(([column]) => `ranked.${column} ${direction}`).join(', ');
}

/** The columns of a cursor as texts. */
export function keyColumns(sort: SearchSort): string {
  return orders[sort].key.map(([column]) => `ranked.${column}::text`).join(', ');
}

const wholeNumber = z.string().regex(/^[0-9]{1,18}$/);

/** The texts of a cursor. */
export const searchKeySchemas: Readonly<Record<SearchSort, z.ZodType<readonly string[]>>> = {
  relevance: z.tuple([
    z.string().regex(/^[0-9]$/),
    z.string().regex(/^-?[0-9]{1,9}(\.[0-9]{1,9})?$/),
    wholeNumber,
  ]),
  updated: z.tuple([wholeNumber, wholeNumber]),
  pulls: z.tuple([wholeNumber, wholeNumber]),
  name: z.tuple([
    z
      .string()
      .max(300)
      .regex(/^[^\0]*$/),
  ]),
};

export function isAfter(sort: SearchSort): string {
  const { key, direction } = orders[sort];
  const columns = key.map(([column]) => `ranked.${column}`).join(', ');
  const last = key.map(([, type], index) => `${searchParameters.last[index]}::${type}`).join(', ');
  return `(${columns}) ${direction === 'ASC' ? '>' : '<'} (${last})`;
}

/** Columns of a candidate that an order needs besides those that every candidate has. */
export function sortColumns(sort: SearchSort): string {
  if (sort === 'updated')
    return ', (extract(epoch FROM summary.active_at) * 1000000)::bigint AS active_micros';
  return sort === 'pulls' ? ', summary.pull_count' : '';
}

/** Where they are: one look-up for each candidate, never the whole table. */
export function sortJoin(sort: SearchSort, candidateId: string): string {
  if (sort !== 'updated' && sort !== 'pulls') return '';
  return `CROSS JOIN LATERAL (SELECT * FROM repository_summaries WHERE repository_id = ${candidateId} LIMIT 1) summary`;
}

/** The first matches in order, found by following the order's index: quick where much matches. */
export function walkSql(shape: SearchShape, conditions: Conditions, limit: string): string {
  const { walked, direction, start, key } = orders[shape.sort];
  const isById = key.at(-1) === id;
  const isOfSummary = walked.startsWith('summary.');
  const idColumn = isOfSummary ? 'summary.repository_id' : 'repository.id';
  const table = isOfSummary ? 'repository_summaries summary' : 'repositories repository';
  return `(
          SELECT repository.* FROM (
            SELECT ${idColumn} AS id FROM ${table} WHERE ${isFurtherOn(shape, walked, isById ? idColumn : undefined, start)}
            ORDER BY ${walked} ${direction}${isById ? `, ${idColumn} ${direction}` : ''}
          ) step CROSS JOIN LATERAL (
            SELECT ${candidateColumns} FROM repositories repository
            WHERE repository.id = step.id AND ${conditions.matching} OFFSET 0
          ) repository LIMIT ${limit})`;
}

/** Where a page goes on. Without a text all are equally near: of a key by relevance the second value tells it. */
function isFurtherOn(
  { sort, hasLast, paging }: SearchShape,
  walked: string,
  idColumn: string | undefined,
  start: (parameter: string) => string,
): string {
  if (!hasLast || paging === 'offset') return 'true';
  const last = searchParameters.last.slice(sort === 'relevance' ? 1 : 0);
  const from = start(String(last[0]));
  return idColumn === undefined
    ? `${walked} > ${from}`
    : `(${walked}, ${idColumn}) < (${from}, ${last[1]}::bigint)`;
}
