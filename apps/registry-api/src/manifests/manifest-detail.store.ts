import type { ImageConfig, Reference, RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import type { Requester } from '../access/credential.js';
import { RepositoryViews, repositoryView } from '../access/repository-views.service.js';
import {
  type ImmutableBy,
  type ImmutableRules,
  immutableBy,
  immutableRulesSql,
} from '../lifecycle/immutable-by.js';
import type { ArtifactKind } from './artifact-kind.js';
import { baseImage, usersOfImage } from './image-ancestry.js';
import { childrenSql, type ManifestChildren } from './manifest-children.js';

/** A tagged or untagged image in a repository that the viewer may read. */
export interface RelatedImage {
  /** The full name. */
  readonly repository: string;
  readonly tag: string | null;
  readonly digest: string;
}

export interface ReferrerDetail {
  readonly digest: string;
  readonly artifactType: string | null;
  readonly artifactKind: ArtifactKind;
  readonly sizeBytes: number;
  readonly annotations: Record<string, string>;
  readonly pushedAt: string;
}

/** A manifest with all that its page shows. */
export interface ManifestDetail {
  readonly digest: string;
  readonly mediaType: string;
  readonly artifactType: string | null;
  readonly artifactKind: ArtifactKind;
  readonly subjectDigest: string | null;
  readonly totalBytes: number;
  readonly bytes: Buffer;
  readonly config: ImageConfig | null;
  readonly pushedAt: Date;
  readonly pushedBy: string;
  readonly tags: readonly string[];
  /** The rule that holds the tag asked for; by digest, any of its tags. */
  readonly immutableBy?: ImmutableBy;
  /** When the tag asked for ends by itself. */
  readonly expiresAt?: Date;
  /** Digests of indexes here that list it, at most `MAX_INDEXES`. */
  readonly indexes: readonly string[];
  readonly children: ManifestChildren;
  readonly referrers: readonly ReferrerDetail[];
  readonly base: (RelatedImage & { readonly layerCount: number }) | null;
  readonly usedBy: readonly RelatedImage[];
}

const MAX_TAGS = 100;
const MAX_INDEXES = 10;
const MAX_REFERRERS = 100;

/** What names the manifest by the spec's `subject`, by cosign's tags, or beside it in an index (BuildKit). */
const referrersSql = `
  SELECT coalesce(json_agg(json_build_object('digest', digest, 'artifactType', artifact_type,
    'artifactKind', artifact_kind, 'sizeBytes', total_bytes, 'annotations', annotations,
    'pushedAt', to_char(pushed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    ORDER BY pushed_at DESC, digest), '[]')
  FROM (
    SELECT referrer.* FROM manifests referrer
    WHERE referrer.repository_id = repository.id AND (
      referrer.subject_digest = manifest.digest
      OR referrer.id IN (
        SELECT manifest_id FROM tags WHERE tags.repository_id = repository.id
          AND tags.name IN (SELECT replace(manifest.digest, ':', '-') || suffix FROM unnest(ARRAY['.sig', '.att', '.sbom']) suffix))
      OR (referrer.artifact_kind IN ('signature', 'sbom', 'attestation') AND referrer.id IN (
        SELECT child_id FROM manifest_references WHERE manifest_references.manifest_id = manifest.id)))
    ORDER BY referrer.pushed_at DESC, referrer.digest LIMIT ${MAX_REFERRERS}
  ) referrer`;

const heldTagSql = `
  SELECT json_build_object('tag', held.name, 'rules', ${immutableRulesSql('held.name')}) FROM tags held
  WHERE held.manifest_id = manifest.id AND ($8::text IS NULL OR held.name = $8)
    AND is_tag_immutable(repository.id, held.name)
  ORDER BY held.sort_key DESC, held.name LIMIT 1`;

/** $8 tag or $9 digest. */
const detailView = repositoryView(
  'manifest-detail',
  (isShown, isVisible) => `
    SELECT manifest.digest, manifest.media_type, manifest.artifact_type, manifest.artifact_kind,
      manifest.subject_digest, manifest.total_bytes, manifest.bytes, manifest.config, manifest.pushed_at,
      manifest.pushed_by,
      ARRAY(SELECT name FROM tags WHERE tags.manifest_id = manifest.id AND NOT is_referrer
        ORDER BY sort_key DESC, name LIMIT ${MAX_TAGS}) AS tags,
      (${heldTagSql}) AS held_tag,
      (SELECT tag_expiry(repository.id, ending.name, greatest(ending.updated_at, ending.restored_at), ending.expires_at)
       FROM tags ending WHERE ending.repository_id = repository.id AND ending.name = $8) AS expires_at,
      ARRAY(SELECT DISTINCT holder.digest FROM manifest_references reference
        JOIN manifests holder ON holder.id = reference.manifest_id
        WHERE reference.child_id = manifest.id ORDER BY 1 LIMIT ${MAX_INDEXES}) AS indexes,
      (${childrenSql}) AS children,
      (${referrersSql}) AS referrers,
      (${baseImage(isVisible)}) AS base,
      (${usersOfImage(isVisible)}) AS used_by
    FROM repositories repository
    JOIN manifests manifest ON manifest.id = coalesce(
      (SELECT manifest_id FROM tags WHERE tags.repository_id = repository.id AND tags.name = $8::text),
      (SELECT id FROM manifests WHERE manifests.repository_id = repository.id AND manifests.digest = $9::text))
    WHERE ${isShown}`,
);

@Injectable()
export class ManifestDetailStore {
  constructor(@Inject(RepositoryViews) private readonly repositories: RepositoryViews) {}

  /** One round trip, whether or not there is such a repository. Throws what `authorizeApi` throws. */
  async find(
    requester: Requester,
    name: RepositoryName,
    reference: Reference,
  ): Promise<ManifestDetail | undefined> {
    const { rows } = await this.repositories.query<ManifestDetailRow>(requester, name, detailView, [
      reference.kind === 'tag' ? reference.tag : null,
      reference.kind === 'digest' ? reference.digest.text : null,
    ]);
    const [row] = rows;
    return row && toManifestDetail(row);
  }
}

interface ManifestDetailRow {
  readonly digest: string;
  readonly media_type: string;
  readonly artifact_type: string | null;
  readonly artifact_kind: ArtifactKind;
  readonly subject_digest: string | null;
  readonly total_bytes: string;
  readonly bytes: Buffer;
  readonly config: ImageConfig | null;
  readonly pushed_at: Date;
  readonly pushed_by: string;
  readonly tags: string[];
  readonly held_tag: { readonly tag: string; readonly rules: ImmutableRules } | null;
  readonly expires_at: Date | null;
  readonly indexes: string[];
  readonly children: ManifestDetail['children'];
  readonly referrers: ReferrerDetail[];
  readonly base: ManifestDetail['base'];
  readonly used_by: RelatedImage[];
}

function toManifestDetail(row: ManifestDetailRow): ManifestDetail {
  return {
    digest: row.digest,
    mediaType: row.media_type,
    artifactType: row.artifact_type,
    artifactKind: row.artifact_kind,
    subjectDigest: row.subject_digest,
    totalBytes: Number(row.total_bytes),
    bytes: row.bytes,
    config: row.config,
    pushedAt: row.pushed_at,
    pushedBy: row.pushed_by,
    tags: row.tags,
    immutableBy: row.held_tag ? immutableBy(row.held_tag.tag, row.held_tag.rules) : undefined,
    expiresAt: row.expires_at ?? undefined,
    indexes: row.indexes,
    children: row.children,
    referrers: row.referrers,
    base: row.base,
    usedBy: row.used_by,
  };
}
