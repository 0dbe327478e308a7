import 'server-only';
import { cache } from 'react';
import { found, registryApi } from '../registry-api/client';
import type { Answer } from '../registry-api/types';

export type OidcProvider = Answer<'/api/v1/oidc/providers', 'get'>['items'][number];

/** The providers by which one can sign in, beside the password. */
export const readOidcProviders = cache(async (): Promise<readonly OidcProvider[]> => {
  const api = await registryApi();
  return (await found(api.GET('/api/v1/oidc/providers'))).items;
});
