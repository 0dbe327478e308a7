import { Injectable } from '@nestjs/common';
import type { Actor } from '../audit/audit-entry.js';
import type { SqlClient } from '../database/database.js';
import { TagImmutable } from '../errors/domain-errors.js';
import { tellOfEvents } from '../events/live-message.js';
import { lockContent, refreshContent } from '../repositories/repository-content.js';
import { tagLock } from './tag-lock.js';

/** Where a tag shall point again. */
export interface RestorationTarget {
  readonly tag: string;
  readonly digest: string;
}

/** `earlier` is read before the tag is moved; a tag that is there already is not moved and has no history. */
const restoreSql = `
  WITH target AS MATERIALIZED (
    SELECT id, total_bytes FROM manifests WHERE repository_id = $1 AND digest = $3 FOR KEY SHARE
  ), earlier AS (
    SELECT manifest.digest FROM tags tag JOIN manifests manifest ON manifest.id = tag.manifest_id
    WHERE tag.repository_id = $1 AND tag.name = $2
  ), refused AS (
    SELECT FROM earlier WHERE digest <> $3 AND is_tag_immutable($1, $2)
  ), moved AS (
    INSERT INTO tags (repository_id, name, manifest_id, size_bytes, pushed_by, restored_at)
    SELECT $1, $2, id, total_bytes, $4, now() FROM target
    ON CONFLICT (repository_id, name) DO UPDATE SET manifest_id = excluded.manifest_id,
      size_bytes = excluded.size_bytes, pushed_by = excluded.pushed_by, updated_at = now(),
      expires_at = NULL, restored_at = now()
    RETURNING is_referrer, xmax = 0 AS is_new
  ), history AS (
    INSERT INTO tag_history (repository_id, tag, from_digest, to_digest, moved_by, credential)
    SELECT $1, $2, (SELECT digest FROM earlier), $3, $4, $5 FROM target
    WHERE $3 IS DISTINCT FROM (SELECT digest FROM earlier)
  ), event AS (
    INSERT INTO events (kind, repository_id, repository_name, details)
    SELECT 'restore', $1, $6, jsonb_build_object('digest', $3::text, 'tag', $2::text, 'by', $4::text) FROM target
  )
  SELECT is_new AND NOT is_referrer AS is_counted, EXISTS (SELECT FROM refused) AS is_refused, ${tellOfEvents}
  FROM moved`;

@Injectable()
export class TagRestorationStore {
  /** Where the tag pointed before the move with this id, or after it if it was the tag's first. */
  async find(
    client: SqlClient,
    repositoryId: string,
    moveId: string,
  ): Promise<RestorationTarget | undefined> {
    const [row] = await client.query<{ tag: string; digest: string }>(
      `SELECT tag, coalesce(from_digest, to_digest) AS digest FROM tag_history WHERE repository_id = $1 AND id = $2`,
      [repositoryId, moveId],
      'tag-move',
    );
    return row;
  }

  /** False when the manifest is not there any more. Throws `TagImmutable`. In a transaction, which that ends. */
  async restore(
    client: SqlClient,
    repository: { readonly id: string; readonly name: string },
    { tag, digest }: RestorationTarget,
    by: Actor,
  ): Promise<boolean> {
    await client.query(`SELECT ${tagLock('$2::text')}`, [repository.id, tag], 'tag-lock');
    await lockContent(client, repository.id);
    const [row] = await client.query<{ is_counted: boolean; is_refused: boolean }>(
      restoreSql,
      [repository.id, tag, digest, by.name, by.credential, repository.name],
      'tag-restore',
    );
    if (row?.is_refused) throw new TagImmutable([tag], 'moved');
    if (row) await refreshContent(client, repository.id, row.is_counted ? 1 : 0);
    return row !== undefined;
  }
}
