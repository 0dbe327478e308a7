import { LIBRARY_NAMESPACE } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import type { Requester } from '../access/credential.js';
import { Unauthorized } from '../errors/domain-errors.js';
import { cutCursorPage, type ListPage, readKeyset } from '../http/cursor-page.js';
import type { RepositorySummary } from '../repositories/repository-summary.js';
import type { DockerSearchAnswer, DockerSearchQuery, DockerSearchResult } from './docker-search.schema.js';
import type { SearchQuery } from './search.schema.js';
import { type FoundRepository, SearchStore } from './search.store.js';
import type { FacetCount } from './search-facets.js';
import { parseJump, type SearchJump } from './search-jump.js';
import { type NamedContent, SearchJumpStore } from './search-jump.store.js';
import { searchKeySchemas } from './search-orders.js';
import { parseSearchText } from './search-text.js';

/** Pages of `docker search` go no further. */
const MAX_COUNTED = 1000;
const MAX_SUGGESTIONS = 8;

export interface SearchResults extends ListPage<RepositorySummary> {
  readonly total: number;
  readonly facets: readonly FacetCount[];
  /** What the text names exactly. */
  readonly jump?: NamedContent;
}

/** Something that a text may be going to name. */
export type Suggestion = NamedContent & { readonly kind: 'repository' | 'tag' | 'digest' };

@Injectable()
export class SearchService {
  constructor(
    @Inject(SearchStore) private readonly repositories: SearchStore,
    @Inject(SearchJumpStore) private readonly jumps: SearchJumpStore,
  ) {}

  /** One page of what the requester may pull. Throws `RequestInvalid`, `Unauthorized`. */
  async search(requester: Requester, query: SearchQuery): Promise<SearchResults> {
    const { q, sort, limit, cursor, type, artifactType, ...filters } = query;
    const after = readKeyset({ limit, cursor }, searchKeySchemas[sort]);
    const [found, jump] = await Promise.all([
      this.repositories.search(requester, {
        text: parseSearchText(q),
        sort,
        filters: { ...filters, type: type ?? artifactType },
        limit: limit + 1,
        start: after && { after },
        hasFacets: true,
      }),
      this.findJump(requester, parseJump(q)),
    ]);
    const page = cutCursorPage<FoundRepository>(found.repositories, { limit, cursor }, ({ key }) =>
      JSON.stringify(key),
    );
    return {
      items: page.items.map(({ summary }) => summary),
      nextCursor: page.nextCursor,
      total: found.total,
      facets: found.facets,
      jump,
    };
  }

  /** What a text that is being typed may be going to name, at most eight. Throws `RequestInvalid`, `Unauthorized`. */
  async suggest(requester: Requester, query: string): Promise<Suggestion[]> {
    const text = parseSearchText(query);
    if (text.words.length === 0) return [];
    const jump = parseJump(query);
    if (jump) {
      const named = await this.findNamed(requester, jump, MAX_SUGGESTIONS);
      if (named.length > 0) return named.map((content) => ({ ...content, kind: jump.kind }));
    }
    const { repositories } = await this.repositories.search(requester, {
      text,
      sort: 'relevance',
      filters: {},
      limit: MAX_SUGGESTIONS,
      hasFacets: false,
    });
    return repositories.map(({ summary }) => ({ kind: 'repository', repository: summary.name.value }));
  }

  /** `docker search`: one page of what the requester may pull. Throws `RequestInvalid`, `Unauthorized`. */
  async searchForDocker(
    requester: Requester,
    { q, n, page }: DockerSearchQuery,
  ): Promise<DockerSearchAnswer> {
    if (requester.presented === 'bearer' && !isForCatalog(requester)) {
      throw new Unauthorized(
        [{ type: 'registry', name: 'catalog', actions: ['search'] }],
        'insufficient_scope',
        'This token was not made for searching: ask for one with its scope.',
      );
    }
    const offset = (page - 1) * n;
    const found = await this.repositories.search(requester, {
      text: parseSearchText(q),
      sort: 'relevance',
      filters: {},
      limit: Math.max(0, Math.min(n, MAX_COUNTED - offset)),
      start: { offset: Math.min(offset, MAX_COUNTED) },
      hasFacets: false,
    });
    const total = Math.min(found.total, MAX_COUNTED);
    return {
      query: q,
      num_results: total,
      num_pages: Math.ceil(total / n),
      page,
      page_size: n,
      results: found.repositories.map(({ summary }) => toDockerResult(summary)),
    };
  }

  private async findJump(
    requester: Requester,
    jump: SearchJump | undefined,
  ): Promise<NamedContent | undefined> {
    if (!jump || (jump.kind === 'digest' && !jump.isWhole)) return undefined;
    const [named] = await this.findNamed(requester, jump, 1, true);
    return named;
  }

  private findNamed(
    requester: Requester,
    jump: SearchJump,
    limit: number,
    isWhole = false,
  ): Promise<NamedContent[]> {
    if (jump.kind === 'digest') return this.jumps.findDigests(requester, jump.beginning, limit);
    return this.jumps.findTags(requester, { ...jump, isWhole }, limit);
  }
}

/** The engine asks for `registry:catalog:search`, an action that no token grants: an entry for the catalog is enough. */
function isForCatalog({ claims }: Requester): boolean {
  return claims?.access.some(({ type, name }) => type === 'registry' && name === 'catalog') ?? false;
}

function toDockerResult({ name, description, starCount }: RepositorySummary): DockerSearchResult {
  return {
    name: name.shown,
    description,
    star_count: starCount,
    is_official: name.namespace === LIBRARY_NAMESPACE,
    is_automated: false,
  };
}
