import type { RepositoryName } from '@berth/oci';
import { Body, Controller, Get, Header, Inject, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { Audited } from '../audit/audited.js';
import { NamePipe } from '../http/name.pipe.js';
import { RepositoryNameParameter } from '../http/name-parameter.js';
import { RepositoryNamePipe } from '../http/repository-name.pipe.js';
import type { Lifecycle, LifecycleAnswer, LifecycleCoverageAnswer } from './lifecycle.schema.js';
import { lifecycleAnswerSchema, lifecycleCoverageSchema, lifecycleSchema } from './lifecycle.schema.js';
import { LifecycleService } from './lifecycle.service.js';

/** Which tags cannot change, which end by themselves, and which are kept. */
@ApiTags('lifecycle')
@Controller('api/v1')
export class LifecycleController {
  constructor(@Inject(LifecycleService) private readonly rules: LifecycleService) {}

  @Get('repositories/:name/lifecycle')
  @Allow('manage', 'api')
  @Header('Cache-Control', 'private, no-store')
  @RepositoryNameParameter()
  @ApiOkResponse({ standardSchema: lifecycleAnswerSchema })
  async getRepositoryLifecycle(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
  ): Promise<LifecycleAnswer> {
    return this.rules.findForRepository(requester, name);
  }

  /** Which tags the patterns cover now, those of the namespace too. */
  @Get('repositories/:name/lifecycle/coverage')
  @Allow('manage', 'api')
  @Header('Cache-Control', 'private, no-store')
  @RepositoryNameParameter()
  @ApiOkResponse({ standardSchema: lifecycleCoverageSchema })
  async getLifecycleCoverage(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
  ): Promise<LifecycleCoverageAnswer> {
    const covered = await this.rules.listCoverage(requester, name);
    const of = (asked: (typeof covered)[number]['list']) =>
      covered
        .filter(({ list }) => list === asked)
        .map(({ list: _, tags, ...coverage }) => ({ ...coverage, tags: [...tags] }));
    return { immutable: of('immutable'), expiring: of('expiring') };
  }

  /** In place of the rules before. */
  @Put('repositories/:name/lifecycle')
  @Allow('manage', 'api')
  @Audited('lifecycle.change', ({ params }) => `repository:${params.name}`)
  @RepositoryNameParameter()
  @ApiOkResponse({ standardSchema: lifecycleAnswerSchema })
  async setRepositoryLifecycle(
    @From() requester: Requester,
    @Param('name', RepositoryNamePipe) name: RepositoryName,
    @Body({ schema: lifecycleSchema }) rules: Lifecycle,
  ): Promise<LifecycleAnswer> {
    return this.rules.setForRepository(requester, name, rules);
  }

  @Get('namespaces/:namespace/lifecycle')
  @Allow('user', 'api')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: lifecycleAnswerSchema })
  async getNamespaceLifecycle(
    @From() requester: Requester,
    @Param('namespace', NamePipe) name: string,
  ): Promise<LifecycleAnswer> {
    return this.rules.findForNamespace(requester, name);
  }

  /** In place of the rules before; they hold in every repository of the namespace. */
  @Put('namespaces/:namespace/lifecycle')
  @Allow('user', 'api')
  @Audited('lifecycle.change', ({ params }) => `namespace:${params.namespace}`)
  @ApiOkResponse({ standardSchema: lifecycleAnswerSchema })
  async setNamespaceLifecycle(
    @From() requester: Requester,
    @Param('namespace', NamePipe) name: string,
    @Body({ schema: lifecycleSchema }) rules: Lifecycle,
  ): Promise<LifecycleAnswer> {
    return this.rules.setForNamespace(requester, name, rules);
  }
}
