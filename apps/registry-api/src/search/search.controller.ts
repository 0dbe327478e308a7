import { Controller, Get, Header, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import type { SearchPageAnswer, SearchQuery, SuggestionQuery, SuggestionsAnswer } from './search.schema.js';
import {
  searchPageSchema,
  searchQuerySchema,
  suggestionQuerySchema,
  suggestionsSchema,
} from './search.schema.js';
import { SearchService } from './search.service.js';
import { toSearchPage, toSuggestions } from './search-answers.js';

@ApiTags('search')
@Controller('api/v1/search')
export class SearchController {
  constructor(@Inject(SearchService) private readonly search: SearchService) {}

  @Get()
  @Allow('anyone', 'api')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: searchPageSchema })
  async searchRepositories(
    @From() requester: Requester,
    @Query({ schema: searchQuerySchema }) query: SearchQuery,
  ): Promise<SearchPageAnswer> {
    return toSearchPage(await this.search.search(requester, query));
  }

  /** What a text that is being typed may be going to name, at most eight. */
  @Get('suggestions')
  @Allow('anyone', 'api')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: suggestionsSchema })
  async suggest(
    @From() requester: Requester,
    @Query({ schema: suggestionQuerySchema }) { q }: SuggestionQuery,
  ): Promise<SuggestionsAnswer> {
    return toSuggestions(await this.search.suggest(requester, q));
  }
}
