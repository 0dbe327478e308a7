import { Body, Controller, Delete, Get, Header, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Requester } from '../access/credential.js';
import type { RevocationsBody, RevokedAnswer } from '../access/credential.schema.js';
import { revocationsSchema, revokedSchema } from '../access/credential.schema.js';
import { Allow, From } from '../access/permission.js';
import { Audited } from '../audit/audited.js';
import type { ListPage } from '../http/cursor-page.js';
import { IdPipe } from '../http/id.pipe.js';
import { AccessTokenAdministration } from './access-token-administration.service.js';
import { toOwnedAnswer } from './access-token-answers.js';
import type { AccessTokenListQuery, OwnedAccessTokenAnswer } from './access-tokens.schema.js';
import { accessTokenListQuerySchema, ownedAccessTokenPageSchema } from './access-tokens.schema.js';

@ApiTags('administration')
@Controller('api/v1/admin/access-tokens')
export class AccessTokenAdministrationController {
  constructor(@Inject(AccessTokenAdministration) private readonly accessTokens: AccessTokenAdministration) {}

  @Get()
  @Allow('admin', 'api')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: ownedAccessTokenPageSchema })
  async listAllAccessTokens(
    @Query({ schema: accessTokenListQuerySchema }) query: AccessTokenListQuery,
  ): Promise<ListPage<OwnedAccessTokenAnswer>> {
    const { owner, expired: isExpired, unusedDays, ...page } = query;
    const filter = { owner, isExpired, unusedDays };
    const { items, nextCursor } = await this.accessTokens.listAllAccessTokens(filter, page);
    return { items: items.map(toOwnedAnswer), nextCursor };
  }

  @Post('revocations')
  @HttpCode(200)
  @Allow('admin', 'api')
  @Audited('access-tokens.revoke', () => 'access-tokens')
  @ApiOkResponse({ standardSchema: revokedSchema })
  async revokeAccessTokens(
    @From() requester: Requester,
    @Body({ schema: revocationsSchema }) { ids }: RevocationsBody,
  ): Promise<RevokedAnswer> {
    return { revokedIds: await this.accessTokens.revokeAccessTokens(requester, ids) };
  }

  @Delete(':id')
  @HttpCode(204)
  @Allow('admin', 'api')
  @Audited('access-token.revoke', ({ params }) => `access-token:${params.id}`)
  @ApiNoContentResponse()
  async revokeAnyAccessToken(@From() requester: Requester, @Param('id', IdPipe) id: string): Promise<void> {
    await this.accessTokens.revokeAnyAccessToken(requester, id);
  }
}
