import { Body, Controller, Delete, Get, Header, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Requester } from '../access/credential.js';
import type { RotationBody } from '../access/credential.schema.js';
import { rotationSchema } from '../access/credential.schema.js';
import { Allow, From } from '../access/permission.js';
import { Audited } from '../audit/audited.js';
import { type CursorPage, cursorPageSchema, type ListPage } from '../http/cursor-page.js';
import { IdPipe } from '../http/id.pipe.js';
import { toAnswer, toAnswerWithSecret } from './access-token-answers.js';
import type {
  AccessTokenAnswer,
  AccessTokenWithSecretAnswer,
  NewAccessTokenBody,
} from './access-tokens.schema.js';
import {
  accessTokenPageSchema,
  accessTokenSchema,
  accessTokenWithSecretSchema,
  newAccessTokenSchema,
} from './access-tokens.schema.js';
import { AccessTokensService } from './access-tokens.service.js';

@ApiTags('access tokens')
@Controller('api/v1/access-tokens')
export class AccessTokensController {
  constructor(@Inject(AccessTokensService) private readonly accessTokens: AccessTokensService) {}

  @Get()
  @Allow('account', 'api')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: accessTokenPageSchema })
  async listAccessTokens(
    @From() requester: Requester,
    @Query({ schema: cursorPageSchema }) page: CursorPage,
  ): Promise<ListPage<AccessTokenAnswer>> {
    const { items, nextCursor } = await this.accessTokens.listAccessTokens(requester, page);
    return { items: items.map(toAnswer), nextCursor };
  }

  @Post()
  @Allow('user', 'api')
  @Audited('access-token.create', ({ body }) => `access-token:${String(body?.name)}`)
  @Header('Cache-Control', 'private, no-store')
  @ApiCreatedResponse({ standardSchema: accessTokenWithSecretSchema })
  async createAccessToken(
    @From() requester: Requester,
    @Body({ schema: newAccessTokenSchema }) body: NewAccessTokenBody,
  ): Promise<AccessTokenWithSecretAnswer> {
    return toAnswerWithSecret(await this.accessTokens.createAccessToken(requester, body));
  }

  @Get(':id')
  @Allow('account', 'api')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: accessTokenSchema })
  async getAccessToken(
    @From() requester: Requester,
    @Param('id', IdPipe) id: string,
  ): Promise<AccessTokenAnswer> {
    return toAnswer(await this.accessTokens.findAccessToken(requester, id));
  }

  @Post(':id/rotate')
  @HttpCode(200)
  @Allow('user', 'api')
  @Audited('access-token.rotate', ({ params }) => `access-token:${params.id}`)
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: accessTokenWithSecretSchema })
  async rotateAccessToken(
    @From() requester: Requester,
    @Param('id', IdPipe) id: string,
    @Body({ schema: rotationSchema }) rotation: RotationBody,
  ): Promise<AccessTokenWithSecretAnswer> {
    return toAnswerWithSecret(await this.accessTokens.rotateAccessToken(requester, id, rotation));
  }

  @Delete(':id')
  @HttpCode(204)
  @Allow('account', 'api')
  @Audited('access-token.revoke', ({ params }) => `access-token:${params.id}`)
  @ApiNoContentResponse()
  async revokeAccessToken(@From() requester: Requester, @Param('id', IdPipe) id: string): Promise<void> {
    await this.accessTokens.revokeAccessToken(requester, id);
  }
}
