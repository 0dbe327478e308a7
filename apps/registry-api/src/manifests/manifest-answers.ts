import {
  type Descriptor,
  type ImageConfig,
  type ParsedManifest,
  platformLabel,
  RepositoryName,
} from '@berth/oci';
import type { ArtifactKind } from './artifact-kind.js';
import type { ManifestChildren } from './manifest-children.js';
import type { ReferrerDetail, RelatedImage } from './manifest-detail.store.js';
import type { ShownManifest } from './manifest-details.service.js';
import { shownArtifactType, shownKind } from './manifest-kind.js';
import type { LayerAnswer, ManifestDetailAnswer, ReferrerAnswer } from './manifests.schema.js';

export function toManifestDetail({ detail, parsed }: ShownManifest): ManifestDetailAnswer {
  return {
    digest: detail.digest,
    mediaType: detail.mediaType,
    artifactType: shownArtifactType(detail.artifactType ?? undefined),
    kind: shownKind(detail.artifactKind, detail.mediaType),
    artifactKind: detail.artifactKind,
    tags: [...detail.tags],
    immutableBy: detail.immutableBy ?? null,
    expiresAt: detail.expiresAt?.toISOString() ?? null,
    indexes: [...detail.indexes],
    sizeBytes: detail.totalBytes,
    pushedAt: detail.pushedAt.toISOString(),
    pushedBy: detail.pushedBy || null,
    annotations: { ...parsed.annotations },
    subject: detail.subjectDigest,
    platforms: platformsOf(parsed, detail.children),
    layers: toLayers(parsed, detail.config, detail.base?.layerCount ?? 0),
    config: detail.config && toConfig(detail.config),
    base: detail.base && { ...toRelated(detail.base), layerCount: detail.base.layerCount },
    referrers: detail.referrers.map(toReferrer),
    usedBy: detail.usedBy.map(toRelated),
    raw: detail.bytes.toString(),
  };
}

/** The commands that made layers, if the config has as many as there are layers. */
export function toLayers(
  { layers }: ParsedManifest,
  config: ImageConfig | null,
  baseLayerCount: number,
): LayerAnswer[] {
  const steps = config?.history.filter(({ isEmpty }) => !isEmpty) ?? [];
  const commands = steps.length === layers.length ? steps.map(({ createdBy }) => createdBy) : [];
  return layers.map((layer, index) => ({
    digest: layer.digest.text,
    sizeBytes: layer.sizeBytes,
    mediaType: layer.mediaType,
    title: layer.annotations?.['org.opencontainers.image.title'] ?? null,
    createdBy: commands[index] ?? null,
    isEmpty: false,
    isBase: index < baseLayerCount,
  }));
}

/** What an index lists for a platform that is known. */
export function platformsOf(
  { manifests }: ParsedManifest,
  children: ManifestChildren,
): ManifestDetailAnswer['platforms'] {
  return manifests.flatMap((descriptor) => {
    const child = children[descriptor.digest.text];
    const platform = descriptor.platform ?? fromLabel(child?.platforms[0]);
    const label = platform && platformLabel(platform);
    if (label === undefined) return [];
    const { os, architecture, variant } = platform as NonNullable<Descriptor['platform']>;
    return [
      {
        digest: descriptor.digest.text,
        platform: { os, architecture, ...(variant === undefined ? {} : { variant }), label },
        sizeBytes: child?.totalBytes ?? 0,
      },
    ];
  });
}

function fromLabel(label: string | undefined): Descriptor['platform'] {
  if (label === undefined) return undefined;
  const [os = '', architecture = '', variant] = label.split('/');
  return { os, architecture, variant };
}

function toConfig(config: ImageConfig): ManifestDetailAnswer['config'] {
  const { history: _history, diffIds: _diffIds, ...shown } = config;
  return {
    ...shown,
    entrypoint: [...shown.entrypoint],
    cmd: [...shown.cmd],
    env: [...shown.env],
    exposedPorts: [...shown.exposedPorts],
    volumes: [...shown.volumes],
    labels: { ...shown.labels },
  };
}

function toRelated({ repository, tag, digest }: RelatedImage): ManifestDetailAnswer['usedBy'][number] {
  return { repository: RepositoryName.parse(repository).shown, tag, digest };
}

function toReferrer(referrer: ReferrerDetail): ReferrerAnswer {
  return {
    digest: referrer.digest,
    artifactType: shownArtifactType(referrer.artifactType ?? undefined),
    kind: referrerKind(referrer.artifactKind),
    sizeBytes: referrer.sizeBytes,
    annotations: referrer.annotations,
    pushedAt: referrer.pushedAt,
  };
}

function referrerKind(kind: ArtifactKind): ReferrerAnswer['kind'] {
  return kind === 'image' || kind === 'index' || kind === 'artifact' ? 'other' : kind;
}
