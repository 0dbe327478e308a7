import { shownLimit } from '../access/repository-limits.js';
import type { AccessToken } from './access-token.store.js';
import type {
  AccessTokenAnswer,
  AccessTokenWithSecretAnswer,
  OwnedAccessTokenAnswer,
} from './access-tokens.schema.js';
import type { AccessTokenWithSecret } from './access-tokens.service.js';

export function toAnswer(token: AccessToken): AccessTokenAnswer {
  return {
    id: token.id,
    name: token.name,
    prefix: token.prefix,
    scopes: [...token.scopes],
    repositories: token.repositories?.map(shownLimit) ?? null,
    expiresAt: token.expiresAt?.toISOString() ?? null,
    previousExpiresAt: token.previousExpiresAt?.toISOString() ?? null,
    lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
    lastUsedAddress: token.lastUsedAddress ?? null,
    createdAt: token.createdAt.toISOString(),
  };
}

export function toOwnedAnswer(token: AccessToken): OwnedAccessTokenAnswer {
  return { ...toAnswer(token), owner: token.owner };
}

export function toAnswerWithSecret(token: AccessTokenWithSecret): AccessTokenWithSecretAnswer {
  return { ...toAnswer(token), token: token.secret };
}
