import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';

/** What a pattern of the rules for a repository covers now. */
export interface PatternCoverage {
  readonly list: 'immutable' | 'expiring';
  readonly pattern: string;
  readonly of: 'repository' | 'namespace';
  /** Tags that match and no exception takes out; of an exception, those that it takes out. */
  readonly tagCount: number;
  /** The highest versions of them, up to `MAX_NAMED`. */
  readonly tags: readonly string[];
}

const MAX_NAMED = 10;

/** In the order of the lists. LIKE patterns stand in them as the patterns do, exceptions apart. */
const coverageSql = `
  SELECT part.list, part.pattern, CASE WHEN rules.repository_id IS NULL THEN 'namespace' ELSE 'repository' END AS of,
    covered.tag_count, covered.tags
  FROM repositories repository
  JOIN lifecycle_rules rules ON rules.repository_id = repository.id OR rules.namespace_id = repository.namespace_id
  CROSS JOIN LATERAL (VALUES
    ('immutable', rules.immutable_tags, rules.immutable_like, rules.immutable_unlike),
    ('expiring', rules.expiring_tags, rules.expiring_like, rules.expiring_unlike)
  ) lists(list, patterns, included, excepted)
  CROSS JOIN LATERAL (
    SELECT lists.list, pattern, position, starts_with(pattern, '!') AS is_exception,
      row_number() OVER (PARTITION BY starts_with(pattern, '!') ORDER BY position) AS place
    FROM unnest(lists.patterns) WITH ORDINALITY AS written(pattern, position)
  ) part
  CROSS JOIN LATERAL (
    SELECT count(*) AS tag_count, coalesce((array_agg(tag.name ORDER BY tag.sort_key DESC, tag.name))[:${MAX_NAMED}], '{}') AS tags
    FROM tags tag
    WHERE tag.repository_id = repository.id AND NOT tag.is_referrer
      AND tag.name LIKE ANY (lists.included) AND CASE WHEN part.is_exception THEN tag.name LIKE lists.excepted[part.place]
        ELSE tag.name LIKE lists.included[part.place] AND NOT tag.name LIKE ANY (lists.excepted) END
  ) covered
  WHERE repository.id = $1
  ORDER BY part.list, rules.repository_id NULLS LAST, part.position`;

@Injectable()
export class PatternCoverageStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Of the repository's own rules first, then of its namespace's. */
  async list(repositoryId: string): Promise<PatternCoverage[]> {
    const rows = await this.database.query<PatternCoverage & { tag_count: string } & Record<string, unknown>>(
      coverageSql,
      [repositoryId],
    );
    return rows.map(({ list, pattern, of, tag_count, tags }) => ({
      list,
      pattern,
      of,
      tagCount: Number(tag_count),
      tags,
    }));
  }
}
