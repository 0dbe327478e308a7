/** Columns of `manifests` that `trashed_manifests` has as well; a test holds the two tables together. */
export const manifestColumns = [
  'id',
  'repository_id',
  'digest',
  'media_type',
  'artifact_type',
  'subject_digest',
  'annotations',
  'size_bytes',
  'bytes',
  'pushed_at',
  'pushed_by',
  'artifact_kind',
  'total_bytes',
  'platforms',
  'config',
  'chain_id',
  'base_chain_ids',
  'search_text',
  'expires_after_seconds',
] as const;

/** `alias.id, alias.repository_id, …` */
export function manifestColumnsOf(alias: string): string {
  return manifestColumns.map((column) => `${alias}.${column}`).join(', ');
}
