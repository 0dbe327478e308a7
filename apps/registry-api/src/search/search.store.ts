import { Inject, Injectable } from '@nestjs/common';
import type { Requester } from '../access/credential.js';
import { VisibleLists, visibleList } from '../access/visible-lists.service.js';
import type { SearchTerms } from './search-terms.js';

/** A repository that a search found. */
export interface FoundRepository {
  /** The full name. */
  readonly name: string;
  readonly description: string;
  readonly starCount: number;
}

export interface SearchPage {
  /** Exact up to `MAX_COUNTED`, and that if there are more. */
  readonly total: number;
  readonly repositories: FoundRepository[];
}

interface SearchRow {
  readonly total: number | null;
  readonly name: string | null;
  readonly description: string;
  readonly star_count: number;
}

const MAX_COUNTED = 1000;

/**
 * Exact name, then last component, then beginnings of either, then the rest; by name within each.
 * $8 text, $9 the longest word's pattern (which the trigram index answers), $10 the others', $11 prefix pattern.
 */
const searchList = visibleList(
  'search',
  (isVisible) => `
    WITH matching AS MATERIALIZED (
      SELECT repository.name, repository.description,
        (SELECT count(*)::int FROM stars WHERE stars.repository_id = repository.id) AS star_count,
        CASE
          WHEN repository.name IN ($8::text, 'library/' || $8::text) THEN 0
          WHEN last_component.name = $8::text THEN 1
          WHEN repository.name LIKE $11::text OR last_component.name LIKE $11::text THEN 2
          ELSE 3
        END AS distance
      FROM repositories repository
      CROSS JOIN LATERAL (SELECT regexp_replace(repository.name, '^.*/', '') AS name) last_component
      WHERE ${isVisible}
        AND repository.name || ' ' || repository.description ILIKE $9::text
        AND repository.name || ' ' || repository.description ILIKE ALL ($10::text[])
      ORDER BY distance, repository.name LIMIT ${MAX_COUNTED}
    )
    SELECT counted.total, page.* FROM (SELECT count(*)::int AS total FROM matching) counted
    LEFT JOIN (SELECT * FROM matching ORDER BY distance, name LIMIT $12 OFFSET $13) page ON true`,
  'found.distance, found.name',
);

@Injectable()
export class SearchStore {
  constructor(@Inject(VisibleLists) private readonly lists: VisibleLists) {}

  /**
   * Repositories that the requester may pull now and whose name or description holds every word. One round trip.
   * Pages go by offset, since the engine asks for page numbers, and end at `MAX_COUNTED`. Throws `Unauthorized`.
   */
  async search(
    requester: Requester,
    { text, patterns, prefixPattern }: SearchTerms,
    page: { readonly size: number; readonly offset: number },
  ): Promise<SearchPage> {
    const [longest = '%', ...others] = patterns;
    const values = [text, longest, others, prefixPattern, page.size, page.offset];
    const rows = await this.lists.query<SearchRow>(requester, searchList, values);
    const repositories = rows.flatMap(({ name, description, star_count }) =>
      name === null ? [] : { name, description, starCount: star_count },
    );
    return { total: rows[0]?.total ?? 0, repositories };
  }
}
