import type { RepositoryName } from '@berth/oci';
import { Controller, Get, Header, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { RepositoryNameParameter } from '../http/name-parameter.js';
import { RepositoryNamePipe } from '../http/repository-name.pipe.js';
import type { ComparisonAnswer, ComparisonQuery } from './comparison.schema.js';
import { comparisonQuerySchema, comparisonSchema } from './comparison.schema.js';
import { Comparison } from './comparison.service.js';
import { toComparison } from './comparison-answers.js';

@ApiTags('manifests')
@Controller('api/v1/repositories/:name/compare')
export class ComparisonController {
  constructor(@Inject(Comparison) private readonly comparison: Comparison) {}

  /** What a client that has `a` gets when it pulls `b`. */
  @Get()
  @Allow('pull', 'api')
  @Header('Cache-Control', 'private, no-store')
  @RepositoryNameParameter()
  @ApiOkResponse({ standardSchema: comparisonSchema })
  async compareManifests(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
    @Query({ schema: comparisonQuerySchema }) query: ComparisonQuery,
  ): Promise<ComparisonAnswer> {
    return toComparison(await this.comparison.compare(requester, name, query));
  }
}
