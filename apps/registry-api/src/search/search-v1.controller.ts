import { Controller, Get, Header, Inject, Query } from '@nestjs/common';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import type { DockerSearchAnswer, DockerSearchQuery } from './docker-search.schema.js';
import { dockerSearchQuerySchema } from './docker-search.schema.js';
import { SearchService } from './search.service.js';

/** The two calls of the old registry API that `docker search HOST/term` makes. */
@Controller('v1')
export class SearchV1Controller {
  constructor(@Inject(SearchService) private readonly search: SearchService) {}

  /** `standalone`: the engine may send its credentials here itself. */
  @Get('_ping')
  @Allow('unguarded', 'registry')
  @Header('X-Docker-Registry-Standalone', 'true')
  ping(): { standalone: true } {
    return { standalone: true };
  }

  @Get('search')
  @Allow('anyone', 'registry')
  @Header('Cache-Control', 'private, no-store')
  searchForDocker(
    @From() requester: Requester,
    @Query({ schema: dockerSearchQuerySchema }) query: DockerSearchQuery,
  ): Promise<DockerSearchAnswer> {
    return this.search.searchForDocker(requester, query);
  }
}
