import { isImageConfigMediaType, isIndexMediaType } from '@berth/oci';
import type { ArtifactKind } from './artifact-kind.js';

/** What pages tell apart: what runs, what lists platforms, and everything else. */
export const shownKinds = ['image', 'index', 'artifact'] as const;
export type ShownKind = (typeof shownKinds)[number];

export function shownKind(artifactKind: ArtifactKind, mediaType: string): ShownKind {
  if (artifactKind === 'image') return 'image';
  return artifactKind === 'index' || isIndexMediaType(mediaType) ? 'index' : 'artifact';
}

/** The artifact type, unless it is only the type of an image's config. */
export function shownArtifactType(artifactType: string | undefined): string | null {
  return artifactType === undefined || isImageConfigMediaType(artifactType) ? null : artifactType;
}
