import type { ImageConfig, RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import type { Requester } from '../access/credential.js';
import { RepositoryViews, repositoryView } from '../access/repository-views.service.js';
import type { ArtifactKind } from '../manifests/artifact-kind.js';
import { baseImage } from '../manifests/image-ancestry.js';
import { childrenSql, type ManifestChildren } from '../manifests/manifest-children.js';

/** What of a manifest can be compared with another one of the same repository. */
export interface ComparableManifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly artifactKind: ArtifactKind;
  readonly platforms: readonly string[];
  readonly totalBytes: number;
  readonly bytes: Buffer;
  readonly config: ImageConfig | null;
  readonly pushedAt: Date;
  readonly children: ManifestChildren;
  /** How many of its layers are those of the image that it is built on. */
  readonly baseLayerCount: number;
}

/** $8 tags and digests; a row for each of which there is something. */
const comparableView = repositoryView(
  'comparable-manifests',
  (isShown, isVisible) => `
    SELECT asked.reference, manifest.digest, manifest.media_type, manifest.artifact_kind, manifest.platforms,
      manifest.total_bytes, manifest.bytes, manifest.config, manifest.pushed_at,
      (${childrenSql}) AS children,
      coalesce(((${baseImage(isVisible)}) ->> 'layerCount')::int, 0) AS base_layer_count
    FROM repositories repository
    CROSS JOIN unnest($8::text[]) asked(reference)
    JOIN manifests manifest ON manifest.id = coalesce(
      (SELECT manifest_id FROM tags WHERE tags.repository_id = repository.id AND tags.name = asked.reference),
      (SELECT id FROM manifests WHERE manifests.repository_id = repository.id AND manifests.digest = asked.reference))
    WHERE ${isShown}`,
);

@Injectable()
export class ComparisonStore {
  constructor(@Inject(RepositoryViews) private readonly repositories: RepositoryViews) {}

  /** By tag or digest what is there. One round trip. Throws what `authorizeApi` throws. */
  async find(
    requester: Requester,
    name: RepositoryName,
    references: readonly string[],
  ): Promise<Map<string, ComparableManifest>> {
    const { rows } = await this.repositories.query<ComparableRow>(requester, name, comparableView, [
      [...new Set(references)],
    ]);
    return new Map(rows.map((row) => [row.reference, toComparable(row)]));
  }
}

interface ComparableRow {
  readonly reference: string;
  readonly digest: string;
  readonly media_type: string;
  readonly artifact_kind: ArtifactKind;
  readonly platforms: string[];
  readonly total_bytes: string;
  readonly bytes: Buffer;
  readonly config: ImageConfig | null;
  readonly pushed_at: Date;
  readonly children: ManifestChildren;
  readonly base_layer_count: number;
}

function toComparable(row: ComparableRow): ComparableManifest {
  return {
    digest: row.digest,
    mediaType: row.media_type,
    artifactKind: row.artifact_kind,
    platforms: row.platforms,
    totalBytes: Number(row.total_bytes),
    bytes: row.bytes,
    config: row.config,
    pushedAt: row.pushed_at,
    children: row.children,
    baseLayerCount: row.base_layer_count,
  };
}
