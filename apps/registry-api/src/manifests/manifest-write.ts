import type { Digest, ParsedManifest } from '@berth/oci';
import { type AuditedChange, auditInsertSql, auditParameters } from '../audit/audit-insert.js';
import { noteWords } from '../search/search-words.js';
import { type ManifestReference, referenceKey } from './manifest-references.js';
import type { ManifestTraits } from './manifest-traits.js';

export interface NewManifest {
  readonly repositoryId: string;
  readonly repositoryName: string;
  readonly digest: Digest;
  readonly bytes: Buffer;
  readonly parsed: ParsedManifest;
  readonly traits: ManifestTraits;
  /** Distinct tags that shall point at it. */
  readonly tags: readonly string[];
  /** By whom, for the histories of tags and the audit log. */
  readonly change: AuditedChange;
}

/**
 * The manifest with its references; its tags and their history; what the repository shows of itself; the event.
 * An index has the sizes of its children, the platforms that its descriptors do not tell, and the words of its first
 * child that has any. `newest`: the manifest is now what the repository shows, being its `latest` or, without one,
 * the last to be tagged. `refused`: tags that are held by rules, for which all of it is rolled back. `moved` waits for `repository`: the order of `lockContent`.
 */
export const writeSql = `
  WITH listed AS (
    SELECT child.id, child.total_bytes, child.search_text, child.expires_after_seconds, r.position,
      CASE WHEN r.tells_platform THEN '{}' ELSE child.platforms END AS platforms
    FROM unnest($14::bigint[], $25::boolean[]) WITH ORDINALITY AS r(child_id, tells_platform, position)
    JOIN manifests child ON child.id = r.child_id
  ), manifest AS (
    INSERT INTO manifests (repository_id, digest, media_type, artifact_type, subject_digest, annotations, size_bytes, bytes,
      artifact_kind, total_bytes, platforms, config, chain_id, base_chain_ids, search_text, pushed_by,
      expires_after_seconds)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8,
      $19, least($20::numeric + coalesce((SELECT sum(total_bytes) FROM listed), 0), 9223372036854775807)::bigint,
      ARRAY(SELECT unnest($21::text[]) UNION SELECT unnest(platforms) FROM listed ORDER BY 1),
      $22, $23, $24,
      concat_ws(' ', nullif($26::text, ''),
        (SELECT search_text FROM listed WHERE search_text <> '' ORDER BY position LIMIT 1)),
      $16, coalesce($32::int, (SELECT min(expires_after_seconds) FROM listed)))
    ON CONFLICT (repository_id, digest) DO UPDATE SET pushed_at = now(), pushed_by = excluded.pushed_by,
      artifact_kind = excluded.artifact_kind, total_bytes = excluded.total_bytes,
      expires_after_seconds = excluded.expires_after_seconds,
      config = coalesce(excluded.config, manifests.config), chain_id = coalesce(excluded.chain_id, manifests.chain_id),
      platforms = CASE excluded.platforms WHEN '{}' THEN manifests.platforms ELSE excluded.platforms END,
      base_chain_ids = CASE WHEN excluded.chain_id IS NULL THEN manifests.base_chain_ids ELSE excluded.base_chain_ids END,
      search_text = CASE excluded.search_text WHEN '' THEN manifests.search_text ELSE excluded.search_text END
    RETURNING id, xmax = 0 AS is_new, total_bytes, platforms, search_text,
      now() + make_interval(secs => expires_after_seconds) AS expires_at
  ), reference AS (
    INSERT INTO manifest_references (manifest_id, position, kind, digest, media_type, size_bytes, blob_id, child_id)
    SELECT manifest.id, r.position, r.kind, r.digest, r.media_type, r.size_bytes, r.blob_id, r.child_id
    FROM manifest, unnest($9::text[], $10::text[], $11::text[], $12::bigint[], $13::bigint[], $14::bigint[]) WITH ORDINALITY
      AS r(kind, digest, media_type, size_bytes, blob_id, child_id, position)
    WHERE manifest.is_new
  ), earlier AS (
    SELECT tag.name, m.digest FROM tags tag JOIN manifests m ON m.id = tag.manifest_id
    WHERE tag.repository_id = $1 AND tag.name = ANY ($15::text[])
  ), refused AS (
    SELECT name FROM earlier WHERE digest <> $2 AND is_tag_immutable($1, name)
  ), newest AS (
    SELECT manifest.platforms, manifest.search_text FROM manifest
    WHERE 'latest' = ANY ($15::text[]) OR (
      EXISTS (SELECT FROM unnest($15::text[]) tag WHERE NOT is_referrer_tag(tag))
      AND NOT EXISTS (SELECT FROM tags WHERE repository_id = $1 AND name = 'latest'))
  ), shown AS (
    SELECT coalesce(newest.platforms, repository.platforms) AS platforms,
      coalesce(newest.search_text, repository.image_text) AS image_text,
      CASE WHEN $19 = 'index' OR $19 = ANY (repository.artifact_kinds) THEN repository.artifact_kinds
        ELSE array_append(repository.artifact_kinds, $19) END AS artifact_kinds,
      coalesce(nullif(repository.description, ''), $27) AS description,
      popularity(coalesce(summary.pull_count, 0), now()) AS popularity
    FROM repositories repository LEFT JOIN newest ON true
    LEFT JOIN repository_summaries summary ON summary.repository_id = repository.id
    WHERE repository.id = $1
  ), repository AS (
    UPDATE repositories repository SET platforms = shown.platforms, image_text = shown.image_text,
      artifact_kinds = shown.artifact_kinds, description = shown.description, popularity = shown.popularity
    FROM shown
    WHERE repository.id = $1
      AND (repository.platforms, repository.image_text, repository.artifact_kinds, repository.description, repository.popularity)
        IS DISTINCT FROM (shown.platforms, shown.image_text, shown.artifact_kinds, shown.description, shown.popularity)
    RETURNING repository.search
  ), moved AS (
    INSERT INTO tags (repository_id, name, manifest_id, size_bytes, pushed_by, expires_at)
    SELECT $1, tag, manifest.id, manifest.total_bytes, $16, manifest.expires_at FROM manifest, unnest($15::text[]) tag
    WHERE (SELECT count(*) FROM repository) >= 0
    ON CONFLICT (repository_id, name) DO UPDATE SET manifest_id = excluded.manifest_id,
      size_bytes = excluded.size_bytes, pushed_by = excluded.pushed_by, updated_at = now(),
      expires_at = excluded.expires_at, restored_at = NULL
    RETURNING is_referrer, xmax = 0 AS is_new
  ), history AS (
    INSERT INTO tag_history (repository_id, tag, from_digest, to_digest, moved_by, credential)
    SELECT $1, tag, earlier.digest, $2, $16, $17 FROM unnest($15::text[]) tag LEFT JOIN earlier ON earlier.name = tag
    WHERE earlier.digest IS DISTINCT FROM $2
  ), summary AS (
    INSERT INTO repository_summaries AS s (repository_id, pushed_at, tag_count)
    SELECT $1, now(), count(*) FILTER (WHERE moved.is_new AND NOT moved.is_referrer) FROM moved
    ON CONFLICT (repository_id) DO UPDATE SET pushed_at = now(), active_at = now(),
      tag_count = s.tag_count + excluded.tag_count
  ), words AS (${noteWords('repository')}), audited AS (
    ${auditInsertSql('manifest.push', 28, `jsonb_build_object('digest', $2::text, 'tags', $15::text[])`)}
  ), event AS (
    INSERT INTO events (kind, repository_id, repository_name, details)
    SELECT 'push', $1, $18, jsonb_build_object('digest', $2::text, 'mediaType', $3::text, 'tag', tag, 'by', $16::text)
    FROM unnest(CASE WHEN cardinality($15::text[]) = 0 THEN ARRAY[NULL::text] ELSE $15::text[] END) tag
  )
  SELECT ARRAY(SELECT name FROM refused ORDER BY name) AS refused`;

/** `resolved`: what the manifest refers to, by `referenceKey`. */
export function writeParameters(
  manifest: NewManifest,
  references: readonly ManifestReference[],
  resolved: ReadonlyMap<string, { readonly id: string }>,
): unknown[] {
  const { parsed, traits, change } = manifest;
  const idOf = (wanted: ManifestReference['kind']) =>
    references.map(({ kind, digest }) =>
      kind === wanted ? resolved.get(referenceKey(kind, digest))?.id : null,
    );
  return [
    manifest.repositoryId,
    manifest.digest.text,
    parsed.mediaType,
    parsed.artifactType ?? null,
    parsed.subject?.digest.text ?? null,
    JSON.stringify(parsed.annotations),
    manifest.bytes.length,
    manifest.bytes,
    references.map(({ role }) => role),
    references.map(({ digest }) => digest),
    references.map(({ mediaType }) => mediaType),
    references.map(({ sizeBytes }) => sizeBytes),
    idOf('blob'),
    idOf('manifest'),
    manifest.tags,
    change.actor.name,
    change.actor.credential,
    manifest.repositoryName,
    traits.artifactKind,
    traits.ownBytes,
    traits.platforms,
    traits.config ? JSON.stringify(traits.config) : null,
    traits.chainId ?? null,
    traits.baseChainIds,
    references.map(({ tellsPlatform }) => tellsPlatform),
    traits.searchText,
    traits.description,
    ...auditParameters(change),
    traits.expiresAfterSeconds ?? null,
  ];
}
