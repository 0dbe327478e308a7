import { LIBRARY_NAMESPACE, RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import type { Requester } from '../access/credential.js';
import { Unauthorized } from '../errors/domain-errors.js';
import type { SearchAnswer, SearchQuery, SearchResult } from './search.schema.js';
import { type FoundRepository, SearchStore } from './search.store.js';
import { parseSearchTerms } from './search-terms.js';

@Injectable()
export class SearchService {
  constructor(@Inject(SearchStore) private readonly repositories: SearchStore) {}

  /** `docker search`: one page of what the requester may pull. Throws `RequestInvalid`, `Unauthorized`. */
  async searchForDocker(requester: Requester, { q, n, page }: SearchQuery): Promise<SearchAnswer> {
    if (requester.presented === 'bearer' && !isForCatalog(requester)) {
      throw new Unauthorized(
        [{ type: 'registry', name: 'catalog', actions: ['search'] }],
        'insufficient_scope',
        'This token was not made for searching: ask for one with its scope.',
      );
    }
    const offset = (page - 1) * n;
    const found = await this.repositories.search(requester, parseSearchTerms(q), { size: n, offset });
    return {
      query: q,
      num_results: found.total,
      num_pages: Math.ceil(found.total / n),
      page,
      page_size: n,
      results: found.repositories.map(toSearchResult),
    };
  }
}

/** The engine asks for `registry:catalog:search`, an action that no token grants: an entry for the catalog is enough. */
function isForCatalog({ claims }: Requester): boolean {
  return claims?.access.some(({ type, name }) => type === 'registry' && name === 'catalog') ?? false;
}

function toSearchResult({ name, description, starCount }: FoundRepository): SearchResult {
  const repository = RepositoryName.parse(name);
  return {
    name: repository.shown,
    description,
    star_count: starCount,
    is_official: repository.namespace === LIBRARY_NAMESPACE,
    is_automated: false,
  };
}
