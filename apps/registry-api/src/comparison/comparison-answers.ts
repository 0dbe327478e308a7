import { toLayers } from '../manifests/manifest-answers.js';
import { shownKind } from '../manifests/manifest-kind.js';
import { bytesToPull, configChanges, divideLayers, envChanges, mapChanges } from './compare-manifests.js';
import type { ComparedManifestAnswer, ComparisonAnswer } from './comparison.schema.js';
import type { ComparedManifests, ComparedSide } from './comparison.service.js';

export function toComparison({ a, b, platforms }: ComparedManifests): ComparisonAnswer {
  const [before, after] = [a.image.config, b.image.config];
  const ofConfigs =
    before && after
      ? {
          config: configChanges(before, after),
          env: envChanges(before, after),
          labels: mapChanges(before.labels, after.labels),
        }
      : { config: [], env: [], labels: [] };
  return {
    a: toCompared(a),
    b: toCompared(b),
    platforms: [...platforms],
    layers: divideLayers(layersOf(a), layersOf(b)),
    bytesToPull: bytesToPull(a.parsed, b.parsed),
    ...ofConfigs,
    annotations: mapChanges(a.parsed.annotations, b.parsed.annotations),
  };
}

function toCompared({ tag, top, image, platform }: ComparedSide): ComparedManifestAnswer {
  return {
    tag,
    digest: top.digest,
    kind: shownKind(top.artifactKind, top.mediaType),
    artifactKind: top.artifactKind,
    platform,
    imageDigest: image.digest,
    sizeBytes: image.totalBytes,
    hasConfig: image.config !== null,
    pushedAt: top.pushedAt.toISOString(),
  };
}

function layersOf({ image, parsed }: ComparedSide): ReturnType<typeof toLayers> {
  return toLayers(parsed, image.config, image.baseLayerCount);
}
