import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import * as client from 'openid-client';
import { ENV, type Env } from '../env.js';
import type { OidcSettings } from '../env-oidc.js';
import { NotFound } from '../errors/domain-errors.js';

/** What a provider has said of itself holds for an hour; its keys are fetched again whenever it signs with a new one. */
const METADATA_MS = 60 * 60 * 1000;
const TIMEOUT_SECONDS = 10;
const MOST_PROVIDERS = 100;

/** The providers of `BERTH_OIDC_PROVIDERS`, found by OpenID Connect Discovery when somebody first wants one. */
@Injectable()
export class OidcProviders {
  private readonly discovered = new LRUCache<string, client.Configuration>({
    max: MOST_PROVIDERS,
    ttl: METADATA_MS,
    fetchMethod: (name) => discover(this.require(name)),
  });

  constructor(@Inject(ENV) private readonly env: Env) {}

  list(): readonly OidcSettings[] {
    return this.env.oidcProviders;
  }

  /** Throws `NotFound`. */
  require(name: string): OidcSettings {
    const found = this.env.oidcProviders.find((provider) => provider.name === name);
    if (!found) throw new NotFound(`This Berth knows no provider "${name}" to sign in with.`);
    return found;
  }

  /** Rejects with the client's own error when the provider does not answer, or not as one. */
  async configurationOf({ name }: OidcSettings): Promise<client.Configuration> {
    const configuration = await this.discovered.fetch(name);
    if (!configuration) throw new Error(`the discovery of ${name} answered nothing`);
    return configuration;
  }

  /** Where a provider sends browsers back to; to be registered there. */
  callbackUrlOf({ name }: OidcSettings): URL {
    return new URL(`/api/v1/oidc/${name}/callback`, this.env.publicUrl);
  }
}

function discover({ issuer, clientId, clientSecret }: OidcSettings): Promise<client.Configuration> {
  const authentication = clientSecret === undefined ? client.None() : bySecret(clientSecret);
  return client.discovery(issuer, clientId, undefined, authentication, {
    timeout: TIMEOUT_SECONDS,
    // The settings take plain HTTP for this machine alone.
    execute: issuer.protocol === 'http:' ? [client.allowInsecureRequests] : [],
  });
}

/** In the body where the provider says that it reads it there, and else by Basic, the default (Discovery, 3). */
function bySecret(secret: string): client.ClientAuth {
  const [post, basic] = [client.ClientSecretPost(secret), client.ClientSecretBasic(secret)];
  return (server, metadata, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? [];
    const authentication = methods.includes('client_secret_post') ? post : basic;
    return authentication(server, metadata, body, headers);
  };
}
