import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { Audited } from '../audit/audited.js';
import type { ListPage } from '../http/cursor-page.js';
import { NamePipe } from '../http/name.pipe.js';
import { TrashedResponse, trashedNamespace } from '../trash/trashed-response.js';
import type { Namespace } from './namespace.store.js';
import type {
  NamespaceAnswer,
  NamespaceChange,
  NamespaceListQuery,
  NewNamespaceBody,
} from './namespaces.schema.js';
import {
  namespaceChangeSchema,
  namespaceListQuerySchema,
  namespacePageSchema,
  namespaceSchema,
  newNamespaceSchema,
} from './namespaces.schema.js';
import { NamespacesService } from './namespaces.service.js';

@ApiTags('namespaces')
@Controller('api/v1/namespaces')
export class NamespacesController {
  constructor(@Inject(NamespacesService) private readonly namespaces: NamespacesService) {}

  @Get()
  @Allow('anyone', 'api')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: namespacePageSchema })
  async listNamespaces(
    @From() requester: Requester,
    @Query({ schema: namespaceListQuerySchema }) query: NamespaceListQuery,
  ): Promise<ListPage<NamespaceAnswer>> {
    const { items, nextCursor } = await this.namespaces.listNamespaces(requester, query);
    return { items: items.map(toAnswer), nextCursor };
  }

  @Post()
  @Allow('account', 'api')
  @Audited('namespace.create', ({ body }) => `namespace:${String(body?.name)}`)
  @ApiCreatedResponse({ standardSchema: namespaceSchema })
  async createNamespace(
    @From() requester: Requester,
    @Body({ schema: newNamespaceSchema }) body: NewNamespaceBody,
  ): Promise<NamespaceAnswer> {
    return toAnswer(await this.namespaces.createNamespace(requester, body));
  }

  @Get(':namespace')
  @Allow('anyone', 'api')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: namespaceSchema })
  async getNamespace(
    @From() requester: Requester,
    @Param('namespace', NamePipe) name: string,
  ): Promise<NamespaceAnswer> {
    return toAnswer(await this.namespaces.findNamespace(requester, name));
  }

  @Patch(':namespace')
  @Allow('user', 'api')
  @Audited('namespace.change', ({ params }) => `namespace:${params.namespace}`)
  @ApiOkResponse({ standardSchema: namespaceSchema })
  async changeNamespace(
    @From() requester: Requester,
    @Param('namespace', NamePipe) name: string,
    @Body({ schema: namespaceChangeSchema }) change: NamespaceChange,
  ): Promise<NamespaceAnswer> {
    return toAnswer(await this.namespaces.changeNamespace(requester, name, change));
  }

  /** Into trash, with all that is in it; its name stays taken. */
  @Delete(':namespace')
  @HttpCode(204)
  @Allow('user', 'api')
  @Audited('namespace.delete', ({ params }) => `namespace:${params.namespace}`)
  @TrashedResponse()
  async deleteNamespace(
    @From() requester: Requester,
    @Param('namespace', NamePipe) name: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    response.location(trashedNamespace(await this.namespaces.deleteNamespace(requester, name)));
  }
}

function toAnswer({ name, kind, repositoryCount, role, inside }: Namespace): NamespaceAnswer {
  return {
    name,
    kind,
    repositoryCount,
    role: role ?? null,
    description: inside?.description ?? null,
    createdAt: inside?.createdAt.toISOString() ?? null,
  };
}
