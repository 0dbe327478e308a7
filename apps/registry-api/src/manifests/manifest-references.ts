import { type Descriptor, isNondistributable, type ParsedManifest } from '@berth/oci';

/** One thing a manifest is made of, in the order it stands there. */
export interface ManifestReference {
  /** Where its content must be: a blob or manifest of this repository, or nowhere here (nondistributable layers). */
  readonly kind: 'blob' | 'manifest' | 'foreign';
  readonly role: 'config' | 'layer' | 'manifest';
  readonly digest: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  /** Whether an index says itself what this child runs on. */
  readonly tellsPlatform: boolean;
}

/** Tells apart what a manifest refers to: a blob and a manifest may have the same digest. */
export function referenceKey(kind: ManifestReference['kind'], digest: string): string {
  return `${kind}:${digest}`;
}

/** Config, layers and children; the subject is no part of a manifest and may be missing (spec, "Pushing Manifests with Subject"). */
export function referencesOf(manifest: ParsedManifest): ManifestReference[] {
  const config = manifest.config ? [toReference(manifest.config, 'config')] : [];
  const layers = manifest.layers.map((layer) => toReference(layer, 'layer'));
  const children = manifest.manifests.map((child) => toReference(child, 'manifest'));
  return [...config, ...layers, ...children];
}

function toReference(descriptor: Descriptor, role: ManifestReference['role']): ManifestReference {
  const { mediaType, digest, sizeBytes } = descriptor;
  const kind = role === 'manifest' ? 'manifest' : isNondistributable(mediaType) ? 'foreign' : 'blob';
  const tellsPlatform = descriptor.platform !== undefined;
  return { kind, role, digest: digest.text, mediaType, sizeBytes, tellsPlatform };
}
