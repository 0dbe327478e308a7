import type { ImageQuery, PlatformEntry } from '@/lib/image/image-query';
import type { ManifestDetail, PullCounts, Referrer, Repository } from '@/lib/registry-api/types';

/** What the page of an image is about. */
export interface ViewedImage {
  readonly repository: Repository;
  /** Undefined where one came by a digest. */
  readonly tag?: string;
  /** What the tag points to: an index or the image itself. */
  readonly top: ManifestDetail;
  /** The image of the chosen platform; `top` where there is nothing to choose. */
  readonly shown: ManifestDetail;
  readonly platforms: readonly PlatformEntry[];
  readonly platform?: PlatformEntry;
  readonly referrers: readonly Referrer[];
  /** Of the tag. */
  readonly pulls?: PullCounts;
  readonly query: ImageQuery;
  /** The page's own path. */
  readonly path: string;
}
