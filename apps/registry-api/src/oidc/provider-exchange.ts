import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import * as client from 'openid-client';
import type { OidcSettings } from '../env-oidc.js';
import { OidcProviders } from './oidc-providers.js';
import { type ProvenIdentity, readClaims } from './proven-identity.js';

/** What binds an authorization request to the browser that began it. Both are kept by nobody but the browser. */
export interface LoginSecrets {
  /** In the address. */
  readonly state: string;
  /** In the cookie. */
  readonly browser: string;
}

/** The authorization code flow with PKCE and nonce (OpenID Connect Core 3.1, RFC 7636), as the provider sees it. */
@Injectable()
export class ProviderExchange {
  constructor(@Inject(OidcProviders) private readonly providers: OidcProviders) {}

  /** Where the browser goes. Rejects when the provider cannot be discovered. */
  async authorizationUrl(provider: OidcSettings, secrets: LoginSecrets): Promise<URL> {
    const configuration = await this.providers.configurationOf(provider);
    return client.buildAuthorizationUrl(configuration, {
      redirect_uri: this.providers.callbackUrlOf(provider).href,
      scope: provider.scopes,
      state: secrets.state,
      nonce: derive(secrets, 'nonce'),
      code_challenge: await client.calculatePKCECodeChallenge(derive(secrets, 'code_verifier')),
      code_challenge_method: 'S256',
    });
  }

  /** `query` is that of the callback. Rejects with the client's own error when anything of it does not hold. */
  async identify(provider: OidcSettings, secrets: LoginSecrets, query: string): Promise<ProvenIdentity> {
    const configuration = await this.providers.configurationOf(provider);
    const answer = this.providers.callbackUrlOf(provider);
    answer.search = query;
    const tokens = await client.authorizationCodeGrant(configuration, answer, {
      expectedState: secrets.state,
      expectedNonce: derive(secrets, 'nonce'),
      pkceCodeVerifier: derive(secrets, 'code_verifier'),
      idTokenExpected: true,
    });
    const proven = tokens.claims();
    if (!proven) throw new Error('the answer has no ID token');
    const { issuer, userinfo_endpoint } = configuration.serverMetadata();
    const more =
      userinfo_endpoint === undefined
        ? {}
        : await client.fetchUserInfo(configuration, tokens.access_token, proven.sub);
    return readClaims({ ...more, ...proven }, issuer, provider.groupsClaim);
  }
}

/** Of both halves, so that neither the address nor the database gives away what proves the exchange. */
function derive({ state, browser }: LoginSecrets, what: 'nonce' | 'code_verifier'): string {
  return createHmac('sha256', browser).update(`${what} ${state}`).digest('base64url');
}
