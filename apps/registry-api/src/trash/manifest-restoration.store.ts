import { Injectable } from '@nestjs/common';
import type { Actor } from '../audit/audit-entry.js';
import type { SqlClient } from '../database/database.js';
import { tellOfEvents } from '../events/live-message.js';
import { lockContent, refreshContent } from '../repositories/repository-content.js';
import { tagLock } from '../tags/tag-lock.js';
import { manifestColumns, manifestColumnsOf } from './trashed-columns.js';

export interface RestorationPlace {
  readonly repositoryId: string;
  /** The full name. */
  readonly repositoryName: string;
}

/** What came back from trash. */
export interface RestoredManifests {
  /** Of manifests that were not there. */
  readonly digests: readonly string[];
  readonly tags: readonly string[];
  /** Tags that were pushed again since. */
  readonly takenTags: readonly { readonly tag: string; readonly digest: string }[];
}

/** Its tags' locks, first and in one order everywhere. */
const lockTagsSql = `
  SELECT ${tagLock('name')} FROM (
    SELECT DISTINCT tag.name FROM trashed_manifests manifest JOIN trashed_tags tag ON tag.manifest_id = manifest.id
    WHERE manifest.repository_id = $1 AND manifest.root_id = $2 ORDER BY tag.name
  ) tags`;

/** The entry, and the entries with what its indexes list and is not there: each as a whole. */
const gatherSql = `
  WITH RECURSIVE entry AS (
    SELECT $2::bigint AS root_id
    UNION
    SELECT needed.root_id FROM entry
    JOIN trashed_manifests manifest ON manifest.root_id = entry.root_id
    JOIN trashed_references reference ON reference.manifest_id = manifest.id AND reference.kind = 'manifest'
    CROSS JOIN LATERAL (
      SELECT root_id FROM trashed_manifests WHERE repository_id = $1 AND digest = reference.digest ORDER BY id DESC LIMIT 1
    ) needed
    WHERE NOT EXISTS (SELECT FROM manifests WHERE repository_id = $1 AND digest = reference.digest)
  )
  SELECT id FROM trashed_manifests WHERE root_id IN (SELECT root_id FROM entry) ORDER BY id FOR UPDATE`;

const missingSql = `
  SELECT DISTINCT reference.digest FROM trashed_references reference
  WHERE reference.manifest_id = ANY ($2::bigint[]) AND reference.kind = 'manifest'
    AND NOT EXISTS (SELECT FROM manifests WHERE repository_id = $1 AND digest = reference.digest)
    AND NOT EXISTS (SELECT FROM trashed_manifests WHERE id = ANY ($2) AND digest = reference.digest)
  LIMIT 10`;

/** A blob's link to the repository can have gone meanwhile. A digest that was pushed again stays as it is. */
const insertSql = `
  WITH inserted AS (
    INSERT INTO manifests (${manifestColumns.join(', ')}) OVERRIDING SYSTEM VALUE
    SELECT ${manifestColumnsOf('manifest')} FROM trashed_manifests manifest
    WHERE manifest.id = ANY ($2::bigint[]) ORDER BY manifest.id DESC
    ON CONFLICT (repository_id, digest) DO NOTHING
    RETURNING id, digest, artifact_kind
  ), linked AS (
    INSERT INTO repository_blobs (repository_id, blob_id)
    SELECT DISTINCT $1::bigint, reference.blob_id
    FROM inserted JOIN trashed_references reference ON reference.manifest_id = inserted.id
    WHERE reference.blob_id IS NOT NULL
    ON CONFLICT DO NOTHING
  ), touched AS (
    UPDATE blobs SET touched_at = now() WHERE id IN (
      SELECT reference.blob_id FROM inserted JOIN trashed_references reference ON reference.manifest_id = inserted.id)
  ), repository AS (
    UPDATE repositories SET artifact_kinds = ARRAY(
      SELECT unnest(artifact_kinds) UNION SELECT artifact_kind FROM inserted WHERE artifact_kind <> 'index' ORDER BY 1)
    WHERE id = $1
  )
  SELECT id, digest FROM inserted ORDER BY digest`;

const insertReferencesSql = `
  INSERT INTO manifest_references (manifest_id, position, kind, digest, media_type, size_bytes, blob_id, child_id)
  SELECT reference.manifest_id, reference.position, reference.kind, reference.digest, reference.media_type,
    reference.size_bytes, reference.blob_id, child.id
  FROM trashed_references reference
  LEFT JOIN manifests child ON reference.kind = 'manifest' AND child.repository_id = $1 AND child.digest = reference.digest
  WHERE reference.manifest_id = ANY ($2::bigint[])`;

const restoreTagsSql = `
  WITH wanted AS (
    SELECT tag.name, tag.created_at, tag.updated_at, tag.pushed_by, manifest.id AS manifest_id, manifest.digest, manifest.total_bytes
    FROM trashed_manifests trashed JOIN trashed_tags tag ON tag.manifest_id = trashed.id
    JOIN manifests manifest ON manifest.repository_id = $1 AND manifest.digest = trashed.digest
    WHERE trashed.root_id = $2
  ), taken AS (
    SELECT wanted.name AS tag, manifest.digest FROM wanted
    JOIN tags tag ON tag.repository_id = $1 AND tag.name = wanted.name
    JOIN manifests manifest ON manifest.id = tag.manifest_id
  ), made AS (
    INSERT INTO tags (repository_id, name, manifest_id, size_bytes, pushed_by, created_at, updated_at, restored_at)
    SELECT $1, name, manifest_id, total_bytes, pushed_by, created_at, updated_at, now() FROM wanted
    ON CONFLICT (repository_id, name) DO NOTHING RETURNING name, is_referrer
  ), history AS (
    INSERT INTO tag_history (repository_id, tag, from_digest, to_digest, moved_by, credential)
    SELECT $1, wanted.name, NULL, wanted.digest, $3, $4 FROM wanted JOIN made ON made.name = wanted.name
  ), event AS (
    INSERT INTO events (kind, repository_id, repository_name, details)
    SELECT 'restore', $1, $5, jsonb_build_object('digest', wanted.digest, 'tag', wanted.name, 'by', $3::text)
    FROM wanted JOIN made ON made.name = wanted.name
    UNION ALL
    SELECT 'restore', $1, $5, jsonb_build_object('digest', manifest.digest, 'tag', NULL, 'by', $3::text)
    FROM manifests manifest WHERE manifest.id = $2 AND NOT EXISTS (SELECT FROM made)
  )
  SELECT ARRAY(SELECT name FROM made ORDER BY name) AS tags,
    (SELECT count(*)::int FROM made WHERE NOT is_referrer) AS counted_tags,
    (SELECT coalesce(json_agg(taken ORDER BY tag), '[]') FROM taken) AS taken, ${tellOfEvents}`;

interface RestoredTagsRow {
  readonly tags: string[];
  readonly counted_tags: number;
  readonly taken: { tag: string; digest: string }[];
}

@Injectable()
export class ManifestRestorationStore {
  /**
   * Brings an entry of the trash back, with the manifests that its indexes list, and with its tags unless told
   * otherwise; those that are there again stay. Answers `missing`, and does nothing, when something that an index lists
   * is gone for good. In a transaction; the entry is locked.
   */
  async restore(
    client: SqlClient,
    { repositoryId, repositoryName }: RestorationPlace,
    id: string,
    { by, withTags }: { readonly by: Actor; readonly withTags: boolean },
  ): Promise<RestoredManifests | { readonly missing: readonly string[] }> {
    if (withTags) await client.query(lockTagsSql, [repositoryId, id], 'trash-lock-tags');
    await lockContent(client, repositoryId);
    const gathered = await client.query<{ id: string }>(gatherSql, [repositoryId, id], 'trash-gather');
    const ids = gathered.map((row) => row.id);
    const missing = await client.query<{ digest: string }>(missingSql, [repositoryId, ids], 'trash-missing');
    if (missing.length > 0) return { missing: missing.map(({ digest }) => digest) };
    const inserted = await client.query<{ id: string; digest: string }>(
      insertSql,
      [repositoryId, ids],
      'trash-restore',
    );
    await client.query(
      insertReferencesSql,
      [repositoryId, inserted.map((row) => row.id)],
      'trash-restore-references',
    );
    const tags = withTags
      ? await this.restoreTags(client, { repositoryId, repositoryName }, id, by)
      : { tags: [], counted_tags: 0, taken: [] };
    await client.query(
      'DELETE FROM trashed_manifests WHERE id = ANY ($1::bigint[])',
      [ids],
      'trash-restored',
    );
    await refreshContent(client, repositoryId, tags.counted_tags);
    return { digests: inserted.map(({ digest }) => digest), tags: tags.tags, takenTags: tags.taken };
  }

  private async restoreTags(
    client: SqlClient,
    { repositoryId, repositoryName }: RestorationPlace,
    id: string,
    by: Actor,
  ): Promise<RestoredTagsRow> {
    const [row] = await client.query<RestoredTagsRow>(
      restoreTagsSql,
      [repositoryId, id, by.name, by.credential, repositoryName],
      'trash-restore-tags',
    );
    if (!row) throw new Error('the restoration answered no row');
    return row;
  }
}
