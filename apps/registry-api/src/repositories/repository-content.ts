import type { SqlClient } from '../database/database.js';
import { noteWords } from '../search/search-words.js';
import { latestTagOf } from './repository-summary.js';

/**
 * Keeps what the repository shows of its content to one transaction. Whoever changes tags takes its locks in this
 * order, so that none waits in a circle: the tag's, the manifest, the repository, its tags, its summary.
 */
export async function lockContent(client: SqlClient, repositoryId: string): Promise<void> {
  await client.query(
    'SELECT id FROM repositories WHERE id = $1 FOR NO KEY UPDATE',
    [repositoryId],
    'content-lock',
  );
}

/**
 * Works out anew what the repository shows after tags or manifests of it were removed or put back; a push does the
 * same within its own statement. `tagCountChange` counts tags without those that attach things to a digest.
 */
export async function refreshContent(
  client: SqlClient,
  repositoryId: string,
  tagCountChange: number,
): Promise<void> {
  await client.query(refreshSql, [repositoryId], 'content-refresh');
  if (tagCountChange === 0) return;
  await client.query(
    'UPDATE repository_summaries SET tag_count = greatest(tag_count + $2, 0) WHERE repository_id = $1',
    [repositoryId, tagCountChange],
    'tag-count',
  );
}

const refreshSql = `
  WITH shown AS (
    SELECT coalesce(manifest.platforms, '{}') AS platforms, coalesce(manifest.search_text, '') AS image_text,
      ARRAY(SELECT kind FROM unnest(repository.artifact_kinds) kind
        WHERE EXISTS (SELECT FROM manifests WHERE repository_id = $1 AND artifact_kind = kind)) AS artifact_kinds
    FROM repositories repository
    LEFT JOIN LATERAL ${latestTagOf('$1')} latest ON true
    LEFT JOIN manifests manifest ON manifest.id = latest.manifest_id
    WHERE repository.id = $1
  ), repository AS (
    UPDATE repositories repository
    SET platforms = shown.platforms, image_text = shown.image_text, artifact_kinds = shown.artifact_kinds
    FROM shown
    WHERE repository.id = $1 AND (repository.platforms, repository.image_text, repository.artifact_kinds)
      IS DISTINCT FROM (shown.platforms, shown.image_text, shown.artifact_kinds)
    RETURNING repository.search
  )
  ${noteWords('repository')}`;
