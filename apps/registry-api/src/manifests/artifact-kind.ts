import { isImageConfigMediaType, type ParsedManifest } from '@berth/oci';

/** What a manifest is to people. */
export const artifactKinds = [
  'image',
  'index',
  'chart',
  'wasm',
  'signature',
  'sbom',
  'attestation',
  'artifact',
] as const;
export type ArtifactKind = (typeof artifactKinds)[number];

type ClassifiedParts = Pick<ParsedManifest, 'kind' | 'artifactType' | 'config' | 'layers' | 'annotations'>;

/** Sigstore's bundles hold signatures and attestations alike; their annotations tell which. */
const SIGSTORE_BUNDLE = /^application\/vnd\.dev\.sigstore\.bundle/;
const SIGSTORE_CONTENT = 'dev.sigstore.bundle.content';
const SIGSTORE_PREDICATE = 'dev.sigstore.bundle.predicateType';
const COSIGN_SIGN_PREDICATE = /\/cosign\/sign\//;

/** By words in media types, between dots, dashes, slashes and pluses; the first that fits counts. */
const kindsByWord: readonly (readonly [ArtifactKind, RegExp])[] = [
  ['signature', words('simplesigning', 'signature', 'signatures', 'sig', 'cosign\\.artifact\\.sig')],
  ['sbom', words('sbom', 'spdx', 'cyclonedx', 'syft')],
  ['attestation', words('in-toto', 'dsse', 'attestation', 'provenance', 'att')],
  ['chart', words('helm')],
  ['wasm', words('wasm')],
];

/**
 * Classifies a manifest by its artifact type, the media types of its config and layers, and its annotations. Layers
 * decide where the config is an image's: cosign and BuildKit give signatures and attestations such a config.
 */
export function classify(manifest: ClassifiedParts): ArtifactKind {
  const { kind, artifactType = '', config, layers } = manifest;
  const hasImageConfig = config !== undefined && isImageConfigMediaType(config.mediaType);
  const isNamed = artifactType !== '' && !isImageConfigMediaType(artifactType);
  if (isNamed) {
    const named = SIGSTORE_BUNDLE.test(artifactType) ? bundled(manifest) : kindOf(artifactType);
    if (named) return named;
  }
  const ofLayers = kindOf(layers[0]?.mediaType ?? '');
  if (ofLayers && layers.every(({ mediaType }) => kindOf(mediaType))) return ofLayers;
  if (kind === 'index') return 'index';
  return hasImageConfig && !isNamed ? 'image' : 'artifact';
}

function kindOf(mediaType: string): ArtifactKind | undefined {
  if (mediaType === '') return undefined;
  return kindsByWord.find(([, pattern]) => pattern.test(mediaType))?.[0];
}

function bundled({ annotations }: ClassifiedParts): ArtifactKind {
  const predicate = annotations[SIGSTORE_PREDICATE] ?? '';
  if (COSIGN_SIGN_PREDICATE.test(predicate)) return 'signature';
  const ofPredicate = kindOf(predicate);
  if (ofPredicate) return ofPredicate;
  return annotations[SIGSTORE_CONTENT] === 'dsse-envelope' || predicate !== '' ? 'attestation' : 'signature';
}

function words(...alternatives: string[]): RegExp {
  return new RegExp(`(^|[./+-])(${alternatives.join('|')})([./+-]|$)`, 'i');
}
