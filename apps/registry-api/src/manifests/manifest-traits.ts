import { chainIds, type ImageConfig, type ParsedManifest, platformLabel } from '@berth/oci';
import { parseDuration } from '../lifecycle/duration.js';
import { limits } from '../limits.js';
import { type ArtifactKind, classify } from './artifact-kind.js';
import { searchTextOf } from './manifest-search-text.js';

/** What lists and pages show of a manifest, made once when it is pushed. */
export interface ManifestTraits {
  readonly artifactKind: ArtifactKind;
  /** Of config and layers as they are transferred; an index has those of its children, which the database adds. */
  readonly ownBytes: number;
  /** Of an image by its config, of an index by its descriptors. */
  readonly platforms: readonly string[];
  readonly config?: ImageConfig;
  /** Names all layers together; undefined for what has no layers that are known. */
  readonly chainId?: string;
  /** The same of each proper beginning of the layers: an image with one of them is one that this was built on. */
  readonly baseChainIds: readonly string[];
  readonly searchText: string;
  /** One line, empty for none. */
  readonly description: string;
  /** How long its tags last; an index without a word of its own has the shortest of its children. */
  readonly expiresAfterSeconds?: number;
}

/** `2h`, `7d`: as an annotation of the manifest or a label of the image. */
const EXPIRES_AFTER = 'berth.expires-after';
const DESCRIPTION = 'org.opencontainers.image.description';

export function traitsOf(manifest: ParsedManifest, config: ImageConfig | undefined): ManifestTraits {
  const artifactKind = classify(manifest);
  const labels = config?.labels ?? {};
  const chain = artifactKind === 'image' ? shortChain(config, manifest.layers.length) : [];
  return {
    artifactKind,
    ownBytes: [...(manifest.config ? [manifest.config] : []), ...manifest.layers].reduce(
      (sum, { sizeBytes }) => sum + sizeBytes,
      0,
    ),
    platforms: platformsOf(manifest, artifactKind === 'image' ? config : undefined),
    config,
    chainId: chain.at(-1),
    baseChainIds: chain.slice(0, -1),
    searchText: searchTextOf({ ...labels, ...manifest.annotations }),
    description: oneLine(manifest.annotations[DESCRIPTION] ?? labels[DESCRIPTION] ?? ''),
    expiresAfterSeconds: parseDuration(manifest.annotations[EXPIRES_AFTER] ?? labels[EXPIRES_AFTER] ?? ''),
  };
}

function platformsOf({ manifests }: ParsedManifest, config: ImageConfig | undefined): string[] {
  const { os, architecture, variant } = config ?? {};
  const own = platformLabel({
    os: os ?? '',
    architecture: architecture ?? '',
    variant: variant ?? undefined,
  });
  const ofChildren = manifests.map(({ platform }) => platform && platformLabel(platform));
  return [...new Set([own, ...ofChildren].filter((label) => label !== undefined))];
}

/** Half of a digest tells chains apart as well, and is half as long in an index. */
const SHORT_HEX = 32;

/** None when the config does not name exactly the layers that the manifest has. */
function shortChain(config: ImageConfig | undefined, layerCount: number): string[] {
  const { diffIds } = config ?? {};
  if (diffIds?.length !== layerCount || layerCount > limits.chainedLayers) return [];
  const chain = chainIds(diffIds) ?? [];
  return chain.map((chainId) => chainId.slice('sha256:'.length, 'sha256:'.length + SHORT_HEX));
}

function oneLine(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return line.slice(0, limits.descriptionCharacters).toWellFormed();
}
