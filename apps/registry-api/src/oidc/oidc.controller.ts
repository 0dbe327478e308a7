import { Controller, Get, Header, Inject, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiFoundResponse, ApiOkResponse, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Allow } from '../access/permission.js';
import { setSessionCookie } from '../access/session-cookie.js';
import { ENV, type Env } from '../env.js';
import { signInFrom } from '../sessions/sessions.controller.js';
import { clearLoginCookie, setLoginCookie } from './login-cookie.js';
import type { OidcProviderList } from './oidc.schema.js';
import { oidcProviderListSchema } from './oidc.schema.js';
import { OidcAuthentication } from './oidc-authentication.js';
import { OidcLogins } from './oidc-logins.service.js';
import { OidcProviders } from './oidc-providers.js';
import { OidcSignIn } from './oidc-sign-in.service.js';
import { OwnIdentities } from './own-identities.service.js';
import { SignInRefusedFilter } from './sign-in-refused.filter.js';

/** Where browsers go to sign in with a provider and come back. They read no credential: these make one. */
@ApiTags('oidc')
@Controller('api/v1/oidc')
@UseFilters(SignInRefusedFilter)
export class OidcController {
  constructor(
    @Inject(OidcProviders) private readonly providers: OidcProviders,
    @Inject(OidcAuthentication) private readonly authentication: OidcAuthentication,
    @Inject(OidcLogins) private readonly logins: OidcLogins,
    @Inject(OidcSignIn) private readonly signIns: OidcSignIn,
    @Inject(OwnIdentities) private readonly identities: OwnIdentities,
    @Inject(ENV) private readonly env: Env,
  ) {}

  @Get('providers')
  @Allow('unguarded', 'api')
  @Header('Cache-Control', 'no-cache')
  @ApiOkResponse({ standardSchema: oidcProviderListSchema })
  listProviders(): OidcProviderList {
    return { items: this.providers.list().map(({ name, label }) => ({ name, label })) };
  }

  @Get(':provider/login')
  @Allow('unguarded', 'api')
  @Header('Cache-Control', 'private, no-store')
  @Header('Referrer-Policy', 'no-referrer')
  @ApiQuery({
    name: 'next',
    type: String,
    required: false,
    description: 'The page of Berth to come back to.',
  })
  @ApiFoundResponse({ description: 'To the provider, or to `/login?error=`.' })
  async beginLogin(
    @Param('provider') provider: string,
    @Query('next') next: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const { url, browserSecret } = await this.logins.depart(provider, next);
    setLoginCookie(response, this.env, browserSecret);
    response.redirect(url);
  }

  /** Signs in, or links an account: whichever was begun. What comes of it is recorded in its transaction. */
  @Get(':provider/callback')
  @Allow('unguarded', 'api')
  @Header('Cache-Control', 'private, no-store')
  @Header('Referrer-Policy', 'no-referrer')
  @ApiParam({ name: 'provider' })
  @ApiFoundResponse({
    description: 'To the page asked for, with a session in a cookie, or to `/login?error=`.',
  })
  async finishLogin(@Req() request: Request, @Res() response: Response): Promise<void> {
    const person = await this.authentication.authenticate(request, response);
    const from = signInFrom(request, this.env);
    if (person.linking) await this.identities.finishLink(person, person.linking.userId, from);
    else {
      const { secret, endsAt } = await this.signIns.signIn(person, from);
      setSessionCookie(response, this.env, secret, endsAt);
    }
    clearLoginCookie(response, this.env);
    response.redirect(person.journey.next);
  }
}
