import type { Digest } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../audit/audit-entry.js';
import { Database, type SqlClient } from '../database/database.js';
import { lockContent, refreshContent } from '../repositories/repository-content.js';
import type { TrashReason } from '../trash/trash.entity.js';
import { manifestColumns, manifestColumnsOf } from '../trash/trashed-columns.js';

/**
 * Locks the manifest $2 and what is attached to it, directly or to each other: by `subject`, or by tags made of
 * the digest (spec, "Referrers Tag Schema"; `sha256-….sig` of cosign); with $3 also what it lists, if it is an index.
 * What has a tag of its own stays. In the order of ids, before the repository: pushes lock manifests first.
 */
const lockSql = `
  WITH RECURSIVE attached AS (
    SELECT id, digest FROM manifests WHERE repository_id = $1 AND digest = $2
    UNION
    SELECT follower.id, follower.digest FROM attached
    CROSS JOIN LATERAL (SELECT replace(attached.digest, ':', '-') AS beginning) tag_of
    CROSS JOIN LATERAL (
      SELECT manifest.id, manifest.digest FROM manifests manifest
      WHERE manifest.repository_id = $1 AND manifest.subject_digest = attached.digest
        AND NOT EXISTS (SELECT FROM tags WHERE tags.manifest_id = manifest.id AND NOT tags.is_referrer)
      UNION ALL
      SELECT manifest.id, manifest.digest FROM tags tag JOIN manifests manifest ON manifest.id = tag.manifest_id
      WHERE tag.repository_id = $1 AND tag.is_referrer AND ${isTagOf('tag.name')}
        AND NOT EXISTS (SELECT FROM tags other WHERE other.manifest_id = manifest.id AND NOT ${isTagOf('other.name')})
      UNION ALL
      SELECT child.id, child.digest FROM manifest_references reference JOIN manifests child ON child.id = reference.child_id
      WHERE $3::boolean AND reference.manifest_id = attached.id
        AND NOT EXISTS (SELECT FROM tags WHERE tags.manifest_id = child.id AND NOT tags.is_referrer)
    ) follower
  )
  SELECT id FROM manifests WHERE id IN (SELECT id FROM attached) ORDER BY id FOR UPDATE`;

/** "/" is the character behind the dot. */
function isTagOf(name: string): string {
  return `(${name} = tag_of.beginning OR (${name} > tag_of.beginning || '.' AND ${name} < tag_of.beginning || '/'))`;
}

/**
 * `kept`: what an index outside of all this lists, and what was tagged in between, with what it lists and what is
 * attached to it. `going` moves to trash with its references and tags.
 */
const moveSql = `
  WITH RECURSIVE target AS MATERIALIZED (
    SELECT id FROM manifests WHERE repository_id = $1 AND digest = $2
  ), parent AS MATERIALIZED (
    SELECT DISTINCT manifest.digest FROM target
    JOIN manifest_references reference ON reference.child_id = target.id
    JOIN manifests manifest ON manifest.id = reference.manifest_id
    LIMIT 10
  ), staying AS MATERIALIZED (
    SELECT tags.name, is_tag_immutable($1, tags.name) AS is_immutable FROM target JOIN tags ON tags.manifest_id = target.id
    WHERE NOT tags.is_referrer AND (NOT tags.name = ANY ($7::text[]) OR is_tag_immutable($1, tags.name))
  ), locked AS MATERIALIZED (
    SELECT id, digest, subject_digest FROM manifests
    WHERE id = ANY ($5::bigint[]) AND NOT EXISTS (SELECT FROM parent) AND NOT EXISTS (SELECT FROM staying)
  ), kept AS (
    SELECT locked.id, locked.digest FROM locked WHERE locked.digest = ANY ($9::text[])
    UNION
    SELECT locked.id, locked.digest FROM locked
    JOIN manifest_references reference ON reference.child_id = locked.id
    WHERE reference.manifest_id <> ALL ($5)
    UNION
    SELECT locked.id, locked.digest FROM target JOIN locked ON locked.id <> target.id
    WHERE EXISTS (SELECT FROM tags WHERE tags.manifest_id = locked.id AND NOT tags.is_referrer)
    UNION
    SELECT further.id, further.digest FROM kept CROSS JOIN LATERAL (
      SELECT locked.id, locked.digest FROM manifest_references reference JOIN locked ON locked.id = reference.child_id
      WHERE reference.manifest_id = kept.id
      UNION ALL
      SELECT locked.id, locked.digest FROM locked WHERE locked.subject_digest = kept.digest
      UNION ALL
      SELECT locked.id, locked.digest FROM (SELECT replace(kept.digest, ':', '-') AS beginning) tag_of
      JOIN tags tag ON tag.repository_id = $1 AND tag.is_referrer AND ${isTagOf('tag.name')}
      JOIN locked ON locked.id = tag.manifest_id
    ) further
  ), going AS MATERIALIZED (
    SELECT id, digest FROM locked WHERE id NOT IN (SELECT id FROM kept)
  ), trashed AS (
    INSERT INTO trashed_manifests (${manifestColumns.join(', ')}, root_id, deleted_by, reason)
    SELECT ${manifestColumnsOf('manifest')}, coalesce($8::bigint, target.id), $3, $6
    FROM manifests manifest JOIN going ON going.id = manifest.id, target
  ), trashed_reference AS (
    INSERT INTO trashed_references (manifest_id, position, kind, digest, media_type, size_bytes, blob_id)
    SELECT manifest_id, position, kind, reference.digest, media_type, size_bytes, blob_id
    FROM manifest_references reference JOIN going ON going.id = reference.manifest_id
  ), untagged AS (
    DELETE FROM tags USING going WHERE tags.manifest_id = going.id
    RETURNING tags.manifest_id, tags.name, tags.created_at, tags.updated_at, tags.pushed_by, tags.is_referrer, going.digest
  ), trashed_tag AS (
    INSERT INTO trashed_tags (manifest_id, name, created_at, updated_at, pushed_by)
    SELECT manifest_id, name, created_at, updated_at, pushed_by FROM untagged
  ), history AS (
    INSERT INTO tag_history (repository_id, tag, from_digest, to_digest, moved_by, credential)
    SELECT $1, name, digest, NULL, $3, $4 FROM untagged
  ), unreferenced AS (
    DELETE FROM manifest_references reference USING going WHERE reference.manifest_id = going.id
  ), deleted AS (
    DELETE FROM manifests USING going WHERE manifests.id = going.id
  )
  SELECT (SELECT id FROM target) AS id, ARRAY(SELECT digest FROM parent) AS parents,
    ARRAY(SELECT digest FROM going ORDER BY digest) AS digests,
    ARRAY(SELECT name FROM staying WHERE is_immutable ORDER BY name) AS immutable_tags,
    (SELECT count(*)::int FROM untagged WHERE NOT is_referrer) AS counted_tags,
    ARRAY(SELECT name FROM untagged ORDER BY name) AS tags`;

interface MovedRow {
  readonly id: string | null;
  readonly parents: string[];
  readonly immutable_tags: string[];
  readonly digests: string[];
  readonly counted_tags: number;
  readonly tags: string[];
}

export interface ManifestDeletion {
  /** Of its entry in the trash; undefined when nothing was deleted. */
  readonly trashId?: string;
  /** Indexes that need it. */
  readonly parents: readonly string[];
  /** Tags that keep it. */
  readonly immutableTags: readonly string[];
  /** What went: it, and what went with it. */
  readonly digests: readonly string[];
  /** Tags that went. */
  readonly tags: readonly string[];
}

export interface RemovalReason {
  readonly by: Actor;
  readonly reason: TrashReason;
  /** Of the entry in the trash with which it goes and comes; its own unless given. */
  readonly withTrashId?: string;
  /** Tags that may go; any others keep it. All may unless given. */
  readonly tags?: readonly string[];
  /** Whether what an index lists goes with it, unless a tag or another index holds it. */
  readonly withChildren?: boolean;
  /** Digests of what stays, though attached to it. */
  readonly except?: readonly string[];
}

@Injectable()
export class ManifestRemovalStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Digests of what an index lists. */
  async listChildren(repositoryId: string, digest: string): Promise<string[]> {
    const rows = await this.database.query<{ digest: string }>(
      `SELECT DISTINCT reference.digest FROM manifests manifest
       JOIN manifest_references reference ON reference.manifest_id = manifest.id AND reference.kind = 'manifest'
       WHERE manifest.repository_id = $1 AND manifest.digest = $2`,
      [repositoryId, digest],
    );
    return rows.map((row) => row.digest);
  }

  /**
   * Moves a manifest to trash, with its tags and all that is attached to it, unless an index there needs it or a tag
   * holds it; answers those that do. In a transaction.
   */
  async delete(
    client: SqlClient,
    repositoryId: string,
    digest: Digest,
    { by, reason, withTrashId, tags: going, withChildren = false, except = [] }: RemovalReason,
  ): Promise<ManifestDeletion> {
    const locked = await client.query<{ id: string }>(
      lockSql,
      [repositoryId, digest.text, withChildren],
      'manifest-lock',
    );
    await lockContent(client, repositoryId);
    const ids = locked.map(({ id }) => id);
    const [row] = await client.query<MovedRow>(
      moveSql,
      [
        repositoryId,
        digest.text,
        by.name,
        by.credential,
        ids,
        reason,
        going ?? null,
        withTrashId ?? null,
        except,
      ],
      'manifest-delete',
    );
    if (!row) throw new Error('the deletion answered no row');
    const { parents, digests, tags } = row;
    if (digests.length > 0) await refreshContent(client, repositoryId, -row.counted_tags);
    const trashId = digests.length > 0 ? (withTrashId ?? row.id ?? undefined) : undefined;
    return { trashId, parents, immutableTags: row.immutable_tags, digests, tags };
  }
}
