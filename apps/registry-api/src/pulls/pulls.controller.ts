import type { RepositoryName } from '@berth/oci';
import { Controller, Get, Header, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { RepositoryNameParameter } from '../http/name-parameter.js';
import { RepositoryNamePipe } from '../http/repository-name.pipe.js';
import { PullStatisticsStore } from './pull-statistics.store.js';
import type { PullStatisticsAnswer, PullStatisticsQuery } from './pulls.schema.js';
import { pullStatisticsQuerySchema, pullStatisticsSchema } from './pulls.schema.js';

@ApiTags('repositories')
@Controller('api/v1/repositories/:name/pulls')
export class PullsController {
  constructor(@Inject(PullStatisticsStore) private readonly statistics: PullStatisticsStore) {}

  /**
   * How often it was pulled: GETs of manifests by clients, also by digest. A HEAD is none, and the children of an index
   * that a client fetches after it are none of their own. What was counted shows within seconds.
   */
  @Get()
  @Allow('pull', 'api')
  @Header('Cache-Control', 'private, no-store')
  @RepositoryNameParameter()
  @ApiOkResponse({ standardSchema: pullStatisticsSchema })
  async getPulls(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
    @Query({ schema: pullStatisticsQuerySchema }) { tag }: PullStatisticsQuery,
  ): Promise<PullStatisticsAnswer> {
    const { lastPulledAt, ...statistics } = await this.statistics.find(requester, name, tag);
    return {
      ...statistics,
      days: [...statistics.days],
      lastPulledAt: lastPulledAt?.toISOString() ?? null,
    };
  }
}
