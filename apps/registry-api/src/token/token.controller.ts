import type { SigningKey } from '@berth/auth';
import { Body, Controller, Get, Header, HttpCode, Inject, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Authenticator } from '../access/authenticator.js';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { problemSentence } from '../access/registry-access.js';
import { Unauthorized } from '../errors/domain-errors.js';
import { SigningKeys } from './signing-keys.service.js';
import type { TokenAnswer, TokenForm, TokenQuery } from './token.schema.js';
import { tokenFormSchema, tokenQuerySchema } from './token.schema.js';
import { TokenService } from './token.service.js';

@Controller('token')
export class TokenController {
  constructor(
    @Inject(TokenService) private readonly tokens: TokenService,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
    @Inject(SigningKeys) private readonly signingKeys: SigningKeys,
  ) {}

  @Get()
  @Allow('anyone', 'token')
  @Header('Cache-Control', 'no-store')
  getToken(
    @From() requester: Requester,
    @Query({ schema: tokenQuerySchema }) query: TokenQuery,
  ): Promise<TokenAnswer> {
    const { service, scope, offline_token } = query;
    const isOffline = offline_token === 'true';
    return this.tokens.issueToken(requester.credential, {
      service,
      scope,
      isOffline,
      address: requester.address,
    });
  }

  @Post()
  @HttpCode(200)
  @Allow('anyone', 'token')
  @Header('Cache-Control', 'no-store')
  async postToken(
    @From() { address }: Requester,
    @Req() request: Request,
    @Body({ schema: tokenFormSchema }) form: TokenForm,
  ): Promise<TokenAnswer> {
    const { service, scope } = form;
    const tokenRequest = { service, scope, isOffline: form.access_type === 'offline', address };
    if (form.grant_type === 'refresh_token') {
      return this.tokens.refreshToken(form.refresh_token, tokenRequest);
    }
    const requester = await this.authenticator.signIn(form.username, form.password, request);
    if (!requester) throw new Unauthorized([], undefined, problemSentence('unknown'));
    return this.tokens.issueToken(requester.credential, tokenRequest);
  }

  /** RFC 7517: what verifies registry tokens. */
  @Get('keys')
  @Allow('unguarded', 'token')
  @Header('Cache-Control', 'no-cache')
  getKeys(): { keys: SigningKey['publicJwk'][] } {
    return { keys: this.signingKeys.publicKeys() };
  }
}
