import { OidcStrategy } from '@berth/auth';
import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import passport from 'passport';
import { ENV, type Env } from '../env.js';
import { loginCookieName } from './login-cookie.js';
import { type ArrivedPerson, OidcLogins } from './oidc-logins.service.js';
import { OidcProviders } from './oidc-providers.js';
import { SignInRefused } from './sign-in-refused.js';

/** Reads who comes back from a provider, by the Passport strategy of libs/auth. */
@Injectable()
export class OidcAuthentication {
  private readonly passport = new passport.Passport();

  constructor(
    @Inject(OidcLogins) private readonly logins: OidcLogins,
    @Inject(OidcProviders) private readonly providers: OidcProviders,
    @Inject(ENV) env: Env,
  ) {
    this.passport.use(
      'oidc',
      new OidcStrategy({ cookieName: loginCookieName(env) }, (response, request) =>
        this.logins.arrive(providerOf(request), response),
      ),
    );
  }

  /** Throws `NotFound` for an unknown provider, `SignInRefused` for all else that does not hold. */
  async authenticate(request: Request, response: Response): Promise<ArrivedPerson> {
    const { name } = this.providers.require(providerOf(request));
    return new Promise((resolve, reject) => {
      const done = (error: unknown, person: ArrivedPerson | false | undefined) => {
        if (error) return reject(error);
        if (person) return resolve(person);
        reject(new SignInRefused('oidc_expired', { provider: name, next: '/', isLinking: false }));
      };
      this.passport.authenticate('oidc', { session: false }, done)(request, response, reject);
    });
  }
}

function providerOf({ params }: Request): string {
  return String(params.provider);
}
