import type { RepositoryName } from '@berth/oci';
import { Controller, Delete, HttpCode, Inject, Param, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { Audited } from '../audit/audited.js';
import { RepositoryNameParameter } from '../http/name-parameter.js';
import { RepositoryNamePipe } from '../http/repository-name.pipe.js';
import { Stars } from './stars.service.js';

@ApiTags('repositories')
@Controller('api/v1/repositories/:name/star')
export class StarsController {
  constructor(@Inject(Stars) private readonly stars: Stars) {}

  @Put()
  @HttpCode(204)
  @Allow('account', 'api')
  @Audited('repository.star', ({ params }) => `repository:${params.name}`)
  @RepositoryNameParameter()
  @ApiNoContentResponse()
  async starRepository(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
  ): Promise<void> {
    await this.stars.setStar(requester, name, true);
  }

  @Delete()
  @HttpCode(204)
  @Allow('account', 'api')
  @Audited('repository.unstar', ({ params }) => `repository:${params.name}`)
  @RepositoryNameParameter()
  @ApiNoContentResponse()
  async unstarRepository(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
  ): Promise<void> {
    await this.stars.setStar(requester, name, false);
  }
}
