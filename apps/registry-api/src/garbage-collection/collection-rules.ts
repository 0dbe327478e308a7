/**
 * When a blob may go. A repository's link to a blob is needed while a manifest of the repository, or one in its trash,
 * refers to the blob. One that is not needed goes when nobody touched it (finished an upload, mounted it, asked for it
 * before a push) for the grace period; a blob without links goes when nobody touched it for that long either.
 *
 * However short the grace period is, a push under way is left alone: a link that no manifest has used since it was
 * touched stays while its repository is being pushed to. That is while an upload has moved within `UPLOAD_SECONDS`, or
 * any blob was touched within `PUSH_SECONDS`.
 */
const PUSH_SECONDS = 30;
const UPLOAD_SECONDS = 60;

/** Whether a manifest of the repository, or of its trash, needs the blob. */
export function isNeededSql(repositoryId: string, blobId: string): string {
  return `(
    EXISTS (SELECT FROM manifest_references reference JOIN manifests manifest ON manifest.id = reference.manifest_id
      WHERE reference.blob_id = ${blobId} AND manifest.repository_id = ${repositoryId})
    OR EXISTS (SELECT FROM trashed_references reference
      JOIN trashed_manifests manifest ON manifest.id = reference.manifest_id
      WHERE reference.blob_id = ${blobId} AND manifest.repository_id = ${repositoryId}))`;
}

/** Whether an unneeded link may go; `usedAt` is when the last manifest that used it and has gone was pushed, or null. */
export function isStaleSql(link: string, usedAt: string, graceSeconds: string): string {
  return `(${link}.touched_at <= now() - make_interval(secs => ${graceSeconds})
    AND (coalesce(${link}.touched_at <= ${usedAt}, false)
      OR NOT EXISTS (SELECT FROM repository_blobs recent WHERE recent.repository_id = ${link}.repository_id
          AND recent.touched_at > now() - interval '${PUSH_SECONDS} seconds')
        AND NOT EXISTS (SELECT FROM uploads upload WHERE upload.repository_id = ${link}.repository_id
          AND upload.updated_at > now() - interval '${UPLOAD_SECONDS} seconds')))`;
}

/** Whether nothing at all refers to the blob. Foreign keys hold what this would miss. */
export function isUnreferencedSql(blobId: string): string {
  return `(NOT EXISTS (SELECT FROM manifest_references reference WHERE reference.blob_id = ${blobId})
    AND NOT EXISTS (SELECT FROM trashed_references reference WHERE reference.blob_id = ${blobId}))`;
}

/**
 * CTE `judged` of the links of the repositories $3 to the blobs $2 (pairs) that are to be looked at, with the grace
 * period $1 in seconds: `ids` are those of the rows that asked for it, seen in the same snapshot as what is judged.
 *
 * Who needs the blobs is found for all of them at once, so that it takes as long as there are references to them,
 * however many repositories share one. `OFFSET 0` and the sub-selects keep to the indexes: Postgres would otherwise
 * read whole tables where it expects many rows.
 */
export const judgedCte = `
  checked AS MATERIALIZED (
    SELECT found.id, wanted.repository_id, wanted.blob_id, found.used_at
    FROM unnest($2::bigint[], $3::bigint[]) AS wanted(blob_id, repository_id)
    CROSS JOIN LATERAL (SELECT id, used_at FROM link_checks
      WHERE blob_id = wanted.blob_id AND repository_id = wanted.repository_id OFFSET 0) found
  ), checked_blobs AS MATERIALIZED (
    SELECT DISTINCT blob_id FROM checked
  ), weighed AS MATERIALIZED (
    SELECT repository_id, blob_id, array_agg(id) FILTER (WHERE id IS NOT NULL) AS ids, max(used_at) AS used_at,
      bool_or(id IS NULL) AS is_needed
    FROM (
      SELECT id, repository_id, blob_id, used_at FROM checked
      UNION ALL ${neededSql('manifest_references', 'manifests')}
      UNION ALL ${neededSql('trashed_references', 'trashed_manifests')}
    ) found
    GROUP BY repository_id, blob_id HAVING count(id) > 0
  ), judged AS MATERIALIZED (
    SELECT weighed.repository_id, weighed.blob_id, weighed.ids,
      CASE WHEN link.touched_at IS NULL OR weighed.is_needed THEN 'settled'
        WHEN ${isStaleSql('link', 'weighed.used_at', '$1::bigint')} THEN 'stale' ELSE 'young' END AS verdict
    FROM weighed
    LEFT JOIN LATERAL (SELECT repository_id, touched_at FROM repository_blobs
      WHERE repository_id = weighed.repository_id AND blob_id = weighed.blob_id OFFSET 0) link ON true
  )`;

/** Every use of the `checked_blobs` by a manifest. */
function neededSql(references: string, manifests: string): string {
  return `
      SELECT NULL, (SELECT repository_id FROM ${manifests} WHERE id = reference.manifest_id), checked_blobs.blob_id, NULL
      FROM checked_blobs CROSS JOIN LATERAL (
        SELECT manifest_id FROM ${references} WHERE blob_id = checked_blobs.blob_id OFFSET 0) reference`;
}
