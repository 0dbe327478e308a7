import { Injectable } from '@nestjs/common';
import type { Actor } from '../audit/audit-entry.js';
import type { SqlClient } from '../database/database.js';
import { TagImmutable } from '../errors/domain-errors.js';
import { lockContent, refreshContent } from '../repositories/repository-content.js';
import { tagLock } from './tag-lock.js';

/** A tag that was removed, and what remains. */
export interface RemovedTag {
  /** The entry of the tag's history that can be undone. */
  readonly historyId: string;
  readonly digest: string;
  /** Tags that are still on the digest, by name, up to `MAX_NAMED`. */
  readonly staysOn: readonly string[];
  /** Whether an index lists the digest. */
  readonly isNeededByIndex: boolean;
}

const MAX_NAMED = 100;

const removeSql = `
  WITH held AS (
    SELECT is_tag_immutable($1, $2) AS is_immutable FROM tags
    WHERE repository_id = $1 AND name = $2
      AND ($5::text IS NULL OR $5 = (SELECT digest FROM manifests WHERE id = tags.manifest_id))
  ), removed AS (
    DELETE FROM tags USING held WHERE repository_id = $1 AND name = $2 AND NOT held.is_immutable
    RETURNING manifest_id, is_referrer
  ), target AS (
    SELECT manifest.id, manifest.digest, removed.is_referrer
    FROM removed JOIN manifests manifest ON manifest.id = removed.manifest_id
  ), history AS (
    INSERT INTO tag_history (repository_id, tag, from_digest, to_digest, moved_by, credential)
    SELECT $1, $2, digest, NULL, $3, $4 FROM target RETURNING id
  )
  SELECT held.is_immutable, history.id AS history_id, target.digest, target.is_referrer,
    ARRAY(SELECT name FROM tags WHERE tags.manifest_id = target.id AND name <> $2 AND NOT is_referrer
      ORDER BY name LIMIT ${MAX_NAMED}) AS stays_on,
    EXISTS (SELECT FROM manifest_references WHERE child_id = target.id) AS is_needed_by_index
  FROM held LEFT JOIN target ON true LEFT JOIN history ON true`;

interface RemovedRow {
  readonly is_immutable: boolean;
  readonly history_id: string;
  readonly digest: string;
  readonly is_referrer: boolean;
  readonly stays_on: string[];
  readonly is_needed_by_index: boolean;
}

@Injectable()
export class TagRemovalStore {
  /**
   * Removes one tag, writes its history, and says what remains; undefined when there was none, or
   * none on `digest`. Throws `TagImmutable`. In
   * a transaction.
   */
  async remove(
    client: SqlClient,
    repositoryId: string,
    tag: string,
    { by, digest }: { readonly by: Actor; readonly digest?: string },
  ): Promise<RemovedTag | undefined> {
    await client.query(`SELECT ${tagLock('$2::text')}`, [repositoryId, tag], 'tag-lock');
    await lockContent(client, repositoryId);
    const values = [repositoryId, tag, by.name, by.credential, digest ?? null];
    const [row] = await client.query<RemovedRow>(removeSql, values, 'tag-remove');
    if (!row) return undefined;
    if (row.is_immutable) throw new TagImmutable([tag], 'deleted');
    await refreshContent(client, repositoryId, row.is_referrer ? 0 : -1);
    return {
      historyId: row.history_id,
      digest: row.digest,
      staysOn: row.stays_on,
      isNeededByIndex: row.is_needed_by_index,
    };
  }
}
