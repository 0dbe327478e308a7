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
 * CTE `judged` of the links of the blobs $1 that are to be looked at, with the grace period $2 in seconds: `ids` are
 * those of the rows that asked for it, seen in the same snapshot as what is judged.
 */
export const judgedCte = `
  checked AS MATERIALIZED (
    SELECT repository_id, blob_id, array_agg(id) AS ids, max(used_at) AS used_at FROM link_checks
    WHERE blob_id = ANY ($1::bigint[]) GROUP BY 1, 2
  ), weighed AS MATERIALIZED (
    SELECT checked.repository_id, checked.blob_id, checked.ids, link.blob_id IS NULL AS is_gone,
      ${isNeededSql('checked.repository_id', 'checked.blob_id')} AS is_needed,
      ${isStaleSql('link', 'checked.used_at', '$2::bigint')} AS is_stale
    FROM checked LEFT JOIN repository_blobs link USING (repository_id, blob_id)
  ), judged AS MATERIALIZED (
    SELECT repository_id, blob_id, ids,
      CASE WHEN is_gone OR is_needed THEN 'settled' WHEN is_stale THEN 'stale' ELSE 'young' END AS verdict
    FROM weighed
  )`;
