import { oneOf, type Query, single } from '../page-query';
import type { ManifestDetail } from '../registry-api/types';
import { withQuery } from '../repository/links';

export const imageTabs = ['layers', 'config', 'annotations', 'referrers', 'raw'] as const;
export type ImageTab = (typeof imageTabs)[number];

/** What the address of an image's page asks for besides the image. */
export interface ImageQuery {
  readonly tab: ImageTab;
  /** Its label: `linux/arm64`. */
  readonly platform?: string;
}

export type PlatformEntry = ManifestDetail['platforms'][number];

export function readImageQuery(query: Query): ImageQuery {
  return { tab: oneOf(query.tab, imageTabs) ?? 'layers', platform: single(query.platform) || undefined };
}

export function imageHref(path: string, { tab, platform }: ImageQuery): string {
  return withQuery(path, { tab: tab === 'layers' ? undefined : tab, platform });
}

/** The platforms one can choose; BuildKit keeps attestations in an index as a platform `unknown/unknown`. */
export function choosablePlatforms({ platforms }: Pick<ManifestDetail, 'platforms'>): PlatformEntry[] {
  return platforms.filter(({ platform }) => platform.os !== 'unknown');
}

/** The one asked for, else the usual one. */
export function chosenPlatform(
  platforms: readonly PlatformEntry[],
  label: string | undefined,
): PlatformEntry | undefined {
  const labelled = (wanted: string | undefined) =>
    platforms.find(({ platform }) => platform.label === wanted);
  return labelled(label) ?? labelled('linux/amd64') ?? platforms[0];
}
