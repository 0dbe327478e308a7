/*
 * Which images an image is built on, and which are built on it, by the chain of its layers. Both look through all
 * repositories that the viewer may read, and through no other: `isVisible` is the one scope.
 */

const CANDIDATES_OF_A_CHAIN = 20;
const LOOKED_AT = 1000;
const MAX_USERS = 50;

/** A tag by which people know a manifest: its own, or that of an index which lists it; the newest. */
function tagOf(manifestId: string): string {
  return `
    SELECT name FROM (
      SELECT name, updated_at FROM tags WHERE tags.manifest_id = ${manifestId} AND NOT is_referrer
      UNION ALL
      SELECT tags.name, tags.updated_at FROM manifest_references parent
      JOIN tags ON tags.manifest_id = parent.manifest_id
      WHERE parent.child_id = ${manifestId} AND NOT tags.is_referrer
    ) known ORDER BY updated_at DESC LIMIT 1`;
}

/**
 * As JSON, the image whose layers are the longest proper beginning of those of `manifest`: tagged ones first, then
 * what is pulled most. Null when there is none.
 */
export function baseImage(isVisible: string): string {
  return `
    SELECT json_build_object('repository', base.repository, 'tag', base.tag, 'digest', base.digest,
      'layerCount', beginning.layers)
    FROM unnest(manifest.base_chain_ids) WITH ORDINALITY beginning(chain_id, layers)
    CROSS JOIN LATERAL (
      SELECT repository.name AS repository, candidate.digest, tag.name AS tag, coalesce(summary.pull_count, 0) AS pulls
      FROM manifests candidate
      JOIN repositories repository ON repository.id = candidate.repository_id
      LEFT JOIN repository_summaries summary ON summary.repository_id = repository.id
      LEFT JOIN LATERAL (${tagOf('candidate.id')}) tag ON true
      WHERE candidate.chain_id = beginning.chain_id AND ${isVisible}
      LIMIT ${CANDIDATES_OF_A_CHAIN}
    ) base
    ORDER BY beginning.layers DESC, base.tag IS NULL, base.pulls DESC, base.repository, base.digest LIMIT 1`;
}

/**
 * As a JSON list, tagged images whose layers begin with all of those of `manifest` or, for an index, of one that it
 * lists: one a repository.
 */
export function usersOfImage(isVisible: string): string {
  return `
    SELECT coalesce(json_agg(json_build_object('repository', image.repository, 'tag', image.tag, 'digest', image.digest)
      ORDER BY image.repository), '[]')
    FROM (
      SELECT DISTINCT ON (built.repository) built.* FROM (
        SELECT repository.name AS repository, tag.name AS tag, built.digest, built.pushed_at
        FROM manifests built
        JOIN repositories repository ON repository.id = built.repository_id
        CROSS JOIN LATERAL (${tagOf('built.id')}) tag
        WHERE built.base_chain_ids <> '{}' AND built.base_chain_ids && CASE
            WHEN manifest.chain_id IS NOT NULL THEN ARRAY[manifest.chain_id]
            ELSE ARRAY(SELECT child.chain_id FROM manifest_references listed JOIN manifests child ON child.id = listed.child_id
              WHERE listed.manifest_id = manifest.id AND child.chain_id IS NOT NULL) END
          AND ${isVisible}
        LIMIT ${LOOKED_AT}
      ) built ORDER BY built.repository, built.pushed_at DESC LIMIT ${MAX_USERS}
    ) image`;
}
