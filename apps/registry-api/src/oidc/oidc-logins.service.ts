import { randomBytes } from 'node:crypto';
import { type AuthorizationResponse, hashSecret } from '@berth/auth';
import { Inject, Injectable } from '@nestjs/common';
import { AuthorizationResponseError, ClientError } from 'openid-client';
import type { OidcSettings } from '../env-oidc.js';
import { OidcLoginStore } from './oidc-login.store.js';
import { OidcProviders } from './oidc-providers.js';
import { ownPage } from './own-page.js';
import type { ProvenIdentity } from './proven-identity.js';
import { type LoginSecrets, ProviderExchange } from './provider-exchange.js';
import { type SignInJourney, type SignInRefusal, SignInRefused } from './sign-in-refused.js';

/** Where a browser is sent, and the cookie it takes along. */
export interface Departure {
  readonly url: string;
  readonly browserSecret: string;
}

export interface ArrivedPerson {
  readonly provider: OidcSettings;
  readonly identity: ProvenIdentity;
  readonly journey: SignInJourney;
  /** Whose account is to be linked; undefined for a sign-in. */
  readonly linking?: { readonly userId: string };
}

/** Logins on their way to a provider and back: who began one gets an identity of it, once. */
@Injectable()
export class OidcLogins {
  constructor(
    @Inject(OidcProviders) private readonly providers: OidcProviders,
    @Inject(ProviderExchange) private readonly exchange: ProviderExchange,
    @Inject(OidcLoginStore) private readonly logins: OidcLoginStore,
  ) {}

  /** With a session its user links an account. Throws `NotFound` for an unknown provider, `SignInRefused`. */
  async depart(name: string, wantedNext: unknown, sessionId?: string): Promise<Departure> {
    const provider = this.providers.require(name);
    const isLinking = sessionId !== undefined;
    const next = ownPage(wantedNext, isLinking ? '/settings/security' : '/');
    const secrets = { state: newSecret(), browser: newSecret() };
    const url = await this.exchange.authorizationUrl(provider, secrets).catch((cause: unknown) => {
      throw new SignInRefused('oidc_unreachable', { provider: name, next, isLinking }, { cause });
    });
    await this.logins.begin({ ...hashesOf(secrets), provider: name, next, sessionId });
    return { url: url.href, browserSecret: secrets.browser };
  }

  /** Undefined when no such login was begun here. Throws `NotFound` for an unknown provider, `SignInRefused`. */
  async arrive(name: string, response: AuthorizationResponse): Promise<ArrivedPerson | undefined> {
    const provider = this.providers.require(name);
    const secrets = { state: response.state, browser: response.browserSecret };
    const { stateHash, browserHash } = hashesOf(secrets);
    const login = await this.logins.finish(stateHash, browserHash, name);
    if (!login) return undefined;
    const { next, linking } = login;
    const journey = { provider: name, next, isLinking: linking !== undefined };
    const identity = await this.exchange
      .identify(provider, secrets, response.query)
      .catch((cause: unknown) => {
        throw new SignInRefused(refusalOf(cause), journey, { cause });
      });
    return { provider, identity, journey, linking };
  }
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

function hashesOf({ state, browser }: LoginSecrets): { stateHash: Buffer; browserHash: Buffer } {
  return { stateHash: hashSecret(state), browserHash: hashSecret(browser) };
}

/** What went wrong on the way back: the provider said so in the address, did not answer, or its answer does not hold. */
function refusalOf(error: unknown): SignInRefusal {
  if (error instanceof AuthorizationResponseError && error.error === 'access_denied') return 'oidc_denied';
  const isUnanswered =
    error instanceof ClientError && (error.code === 'OAUTH_TIMEOUT' || isFetchFailure(error));
  return isUnanswered ? 'oidc_unreachable' : 'oidc_failed';
}

function isFetchFailure({ cause }: ClientError): boolean {
  return cause instanceof TypeError && cause.message === 'fetch failed';
}
