import 'server-only';
import { cache } from 'react';
import { found, registryApi } from '../registry-api/client';
import type { ManifestDetail, Repository } from '../registry-api/types';

/** The repository of a page; 404 for one that is absent or may not be read. Asked for once a request. */
export const readRepository = cache(async (name: string): Promise<Repository> => {
  const api = await registryApi();
  return found(api.GET('/api/v1/repositories/{name}', { params: { path: { name } } }));
});

/** What a tag points to. */
export const readTag = cache(async (name: string, tag: string): Promise<ManifestDetail> => {
  const api = await registryApi();
  return found(api.GET('/api/v1/repositories/{name}/tags/{tag}', { params: { path: { name, tag } } }));
});

export const readManifest = cache(async (name: string, digest: string): Promise<ManifestDetail> => {
  const api = await registryApi();
  return found(
    api.GET('/api/v1/repositories/{name}/manifests/{digest}', { params: { path: { name, digest } } }),
  );
});
