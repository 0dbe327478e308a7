import { Body, Controller, Delete, Get, Header, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { principalName } from '../access/access-facts.js';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { Audited } from '../audit/audited.js';
import { ENV, type Env } from '../env.js';
import { setLoginCookie } from './login-cookie.js';
import type { IdentityList, IdentityLogin, NewIdentityBody } from './oidc.schema.js';
import { identityListSchema, identityLoginSchema, newIdentitySchema } from './oidc.schema.js';
import { OwnIdentities } from './own-identities.service.js';

@ApiTags('me')
@Controller('api/v1/me/identities')
export class OwnIdentitiesController {
  constructor(
    @Inject(OwnIdentities) private readonly identities: OwnIdentities,
    @Inject(ENV) private readonly env: Env,
  ) {}

  @Get()
  @Allow('account', 'api')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: identityListSchema })
  async listIdentities(@From() requester: Requester): Promise<IdentityList> {
    const items = await this.identities.list(requester);
    return {
      items: items.map(({ provider, displayName, createdAt, lastSignInAt }) => ({
        provider,
        displayName: displayName ?? null,
        createdAt: createdAt.toISOString(),
        lastSignInAt: lastSignInAt?.toISOString() ?? null,
      })),
    };
  }

  /** Begins to link one: whoever the provider finds in this browser signs in to this account from then on. */
  @Post(':provider')
  @Allow('account', 'api')
  @Audited('identity.request', identityOf)
  @Header('Cache-Control', 'private, no-store')
  @ApiCreatedResponse({ standardSchema: identityLoginSchema })
  async createIdentity(
    @From() requester: Requester,
    @Param('provider') provider: string,
    @Body({ schema: newIdentitySchema.default({}) }) { next }: NewIdentityBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<IdentityLogin> {
    const { url, browserSecret } = await this.identities.beginLink(requester, provider, next);
    setLoginCookie(response, this.env, browserSecret);
    return { url };
  }

  @Delete(':provider')
  @HttpCode(204)
  @Allow('account', 'api')
  @Audited('identity.delete', identityOf)
  @ApiNoContentResponse()
  async deleteIdentity(@From() requester: Requester, @Param('provider') provider: string): Promise<void> {
    await this.identities.unlink(requester, provider);
  }
}

function identityOf({ user, params }: Request): string {
  return `identity:${user?.facts ? principalName(user.facts.principal) : ''}/${params.provider}`;
}
