import type { Digest } from '@berth/oci';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../audit/audit-entry.js';
import type { SqlClient } from '../database/database.js';
import { lockContent, refreshContent } from '../repositories/repository-content.js';

const deleteSql = `
  WITH target AS (
    SELECT id, digest FROM manifests WHERE repository_id = $1 AND digest = $2 FOR UPDATE
  ), parent AS (
    SELECT DISTINCT m.digest FROM target
    JOIN manifest_references reference ON reference.child_id = target.id
    JOIN manifests m ON m.id = reference.manifest_id
    LIMIT 10
  ), untagged AS (
    DELETE FROM tags USING target WHERE tags.manifest_id = target.id AND NOT EXISTS (SELECT FROM parent)
    RETURNING tags.name, tags.is_referrer
  ), history AS (
    INSERT INTO tag_history (repository_id, tag, from_digest, to_digest, moved_by, credential)
    SELECT $1, name, $2, NULL, $3, $4 FROM untagged
  ), deleted AS (
    DELETE FROM manifests USING target WHERE manifests.id = target.id AND NOT EXISTS (SELECT FROM parent) RETURNING manifests.id
  )
  SELECT EXISTS (SELECT FROM deleted) AS is_deleted, ARRAY(SELECT digest FROM parent) AS parents,
    (SELECT count(*)::int FROM untagged WHERE NOT is_referrer) AS counted_tags,
    ARRAY(SELECT name FROM untagged ORDER BY name) AS tags`;

interface DeletedRow {
  readonly is_deleted: boolean;
  readonly parents: string[];
  readonly counted_tags: number;
  readonly tags: string[];
}

export interface ManifestDeletion {
  readonly isDeleted: boolean;
  /** Indexes that need it. */
  readonly parents: string[];
  /** Tags that went with it. */
  readonly tags: string[];
}

@Injectable()
export class ManifestRemovalStore {
  /** Deletes a manifest and its tags unless an index there needs it; answers the indexes that do. In a transaction. */
  async delete(
    client: SqlClient,
    repositoryId: string,
    digest: Digest,
    by: Actor,
  ): Promise<ManifestDeletion> {
    await client.query(
      'SELECT id FROM manifests WHERE repository_id = $1 AND digest = $2 FOR UPDATE',
      [repositoryId, digest.text],
      'manifest-lock',
    );
    await lockContent(client, repositoryId);
    const [row] = await client.query<DeletedRow>(
      deleteSql,
      [repositoryId, digest.text, by.name, by.credential],
      'manifest-delete',
    );
    if (!row) throw new Error('the deletion answered no row');
    if (row.is_deleted) await refreshContent(client, repositoryId, -row.counted_tags);
    return { isDeleted: row.is_deleted, parents: row.parents, tags: row.tags };
  }
}
