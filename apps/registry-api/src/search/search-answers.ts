import { RepositoryName } from '@berth/oci';
import { toSummaryAnswer } from '../repositories/repository-answers.js';
import type { SearchPageAnswer, SuggestionsAnswer } from './search.schema.js';
import type { SearchResults, Suggestion } from './search.service.js';
import { COUNTED_AT_MOST, type FacetCount, type FacetName } from './search-facets.js';
import type { NamedContent } from './search-jump.store.js';

export function toSearchPage({ items, nextCursor, total, facets, jump }: SearchResults): SearchPageAnswer {
  return {
    items: items.map(toSummaryAnswer),
    nextCursor,
    total: toCount(total),
    facets: {
      platforms: toFacet(facets, 'platforms'),
      types: toFacet(facets, 'types'),
      visibilities: toFacet(facets, 'visibilities'),
      namespaces: toFacet(facets, 'namespaces'),
    },
    jump: jump ? toNamed(jump) : null,
  };
}

export function toSuggestions(suggestions: readonly Suggestion[]): SuggestionsAnswer {
  return {
    items: suggestions.map(({ kind, ...content }) => {
      const { repository, ...rest } = toNamed(content);
      return { kind, name: repository, ...rest };
    }),
  };
}

function toFacet(facets: readonly FacetCount[], wanted: FacetName): SearchPageAnswer['facets'][FacetName] {
  return facets
    .filter(({ facet }) => facet === wanted)
    .sort((a, b) => b.times - a.times || a.value.localeCompare(b.value, 'en'))
    .map(({ value, times }) => ({ value, count: toCount(times) }));
}

function toCount(count: number): number | '1000+' {
  return count > COUNTED_AT_MOST ? '1000+' : count;
}

function toNamed({ repository, tag, digest }: NamedContent): NonNullable<SearchPageAnswer['jump']> {
  return {
    repository: RepositoryName.parse(repository).shown,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}
