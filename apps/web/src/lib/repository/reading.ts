import 'server-only';
import { cache } from 'react';
import { choosablePlatforms, chosenPlatform, type PlatformEntry } from '../image/image-query';
import { found, registryApi } from '../registry-api/client';
import type { ManifestDetail, PullCounts, Repository } from '../registry-api/types';

/** The repository of a page; 404 for one that is absent or may not be read. Asked for once a request. */
export const readRepository = cache(async (name: string): Promise<Repository> => {
  const api = await registryApi();
  return found(api.GET('/api/v1/repositories/{name}', { params: { path: { name } } }));
});

/** An index and the image of one of its platforms; of an image without an index, twice the same. */
export interface ReadImage {
  readonly top: ManifestDetail;
  readonly shown: ManifestDetail;
  readonly platform?: PlatformEntry;
}

/** What a tag or a digest stands for, on the platform asked for or the usual one. */
export async function readImage(
  name: string,
  { tag, digest = '' }: { readonly tag?: string; readonly digest?: string },
  platformLabel?: string,
): Promise<ReadImage> {
  const top = await (tag ? readTag(name, tag) : readManifest(name, digest));
  const platform = chosenPlatform(choosablePlatforms(top), platformLabel);
  return platform ? { top, platform, shown: await readManifest(name, platform.digest) } : { top, shown: top };
}

/** What a tag points to. */
export const readTag = cache(async (name: string, tag: string): Promise<ManifestDetail> => {
  const api = await registryApi();
  const path = { name, tag };
  const answer = await found(api.GET('/api/v1/repositories/{name}/tags/{tag}', { params: { path } }));
  if ('at' in answer) throw new Error('asked for a tag as it is, and answered as it was');
  return answer;
});

export const readManifest = cache(async (name: string, digest: string): Promise<ManifestDetail> => {
  const api = await registryApi();
  return found(
    api.GET('/api/v1/repositories/{name}/manifests/{digest}', { params: { path: { name, digest } } }),
  );
});

/** How often a tag was pulled, by day. */
export async function readPulls(name: string, tag: string): Promise<PullCounts> {
  const api = await registryApi();
  const params = { path: { name }, query: { tag } };
  return found(api.GET('/api/v1/repositories/{name}/pulls', { params }));
}
