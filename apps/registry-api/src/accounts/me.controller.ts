import { Body, Controller, Get, Header, HttpCode, Inject, Patch, Put, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Requester } from '../access/credential.js';
import { Allow, From } from '../access/permission.js';
import { setSessionCookie } from '../access/session-cookie.js';
import { Audited } from '../audit/audited.js';
import { ENV, type Env } from '../env.js';
import { signInFrom } from '../sessions/sessions.controller.js';
import type { Me, PasswordChangeBody, ProfileChange } from './accounts.schema.js';
import { meSchema, passwordChangeSchema, profileChangeSchema } from './accounts.schema.js';
import { OwnAccount, type Self } from './own-account.service.js';

@ApiTags('me')
@Controller('api/v1/me')
export class MeController {
  constructor(
    @Inject(OwnAccount) private readonly account: OwnAccount,
    @Inject(ENV) private readonly env: Env,
  ) {}

  @Get()
  @Allow('user', 'api')
  @Header('Cache-Control', 'private, no-store')
  @ApiOkResponse({ standardSchema: meSchema })
  async getMe(@From() requester: Requester): Promise<Me> {
    return toMe(await this.account.describeSelf(requester));
  }

  @Patch()
  @Allow('account', 'api')
  @Audited('user.change', ({ user }) => `user:${nameOf(user)}`)
  @ApiOkResponse({ standardSchema: meSchema })
  async changeMe(
    @From() requester: Requester,
    @Body({ schema: profileChangeSchema }) change: ProfileChange,
  ): Promise<Me> {
    await this.account.changeProfile(requester, change);
    return toMe(await this.account.describeSelf(requester));
  }

  /** Ends every session; the one that this request came with is replaced by a new one. */
  @Put('password')
  @HttpCode(204)
  @Allow('account', 'api')
  @Audited('password.change', ({ user }) => `user:${nameOf(user)}`)
  @ApiNoContentResponse()
  async changePassword(
    @From() requester: Requester,
    @Body({ schema: passwordChangeSchema }) body: PasswordChangeBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const session = await this.account.changePassword(requester, body, signInFrom(request, this.env));
    if (session) setSessionCookie(response, this.env, session.secret, session.endsAt);
  }
}

function nameOf(requester: Requester | undefined): string {
  const principal = requester?.facts?.principal;
  return principal && 'username' in principal ? principal.username : '';
}

function toMe({ username, user, memberships, credential }: Self): Me {
  return {
    kind: user ? 'user' : 'robot',
    username,
    email: user?.email ?? null,
    isAdmin: user?.isAdmin ?? false,
    isPasswordTemporary: user?.isPasswordTemporary ?? false,
    lastSignInAt: user?.lastSignInAt?.toISOString() ?? null,
    namespaces: memberships.map(({ name, kind, role }) => ({ name, kind, role })),
    credential: {
      kind: credentialKinds[credential.kind],
      name: credential.name,
      scopes: credential.scopes ? [...credential.scopes] : null,
    },
  };
}

const credentialKinds = {
  session: 'session',
  user: 'password',
  anonymous: 'password',
  access_token: 'access-token',
  robot: 'robot',
} as const;
