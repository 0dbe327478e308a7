import { limits } from '../limits.js';

/**
 * CTEs behind `page`, whose rows have `manifest_id` and the repository in `listed_in`, that end with `alone` (`image_id`,
 * `bytes`): of each image of the page the bytes of blobs that nothing else in its repository uses, neither another
 * manifest nor an index that lists a part of it. An image is a manifest with all that it lists. It looks at this
 * repository alone, and so says nothing of others. `counting.is_on` is false unless `isAsked`, and where a repository has
 * too many manifests. `OFFSET 0` makes Postgres go by the manifests of the repository: by the blobs it would read what all
 * repositories have of a layer that all of them share.
 */
export function uniqueBytesSql(isAsked: string): string {
  const most = limits.uniqueBytesManifests;
  const here = '(SELECT listed_in FROM page LIMIT 1)';
  return `
    counting AS MATERIALIZED (
      SELECT ${isAsked}::boolean AND count(*) <= ${most} AS is_on
      FROM (SELECT FROM manifests WHERE ${isAsked} AND repository_id = ${here} LIMIT ${most + 1}) counted
    ), member AS (
      SELECT page.manifest_id AS image_id, page.manifest_id FROM page JOIN counting ON counting.is_on
      UNION
      SELECT member.image_id, reference.child_id FROM member
      JOIN manifest_references reference ON reference.manifest_id = member.manifest_id
      WHERE reference.child_id IS NOT NULL
    ), held AS (
      SELECT member.image_id, member.manifest_id FROM member
      JOIN manifest_references parent ON parent.child_id = member.manifest_id
      WHERE NOT EXISTS (SELECT FROM member inside
        WHERE inside.image_id = member.image_id AND inside.manifest_id = parent.manifest_id)
      UNION
      SELECT held.image_id, reference.child_id FROM held
      JOIN manifest_references reference ON reference.manifest_id = held.manifest_id
      WHERE reference.child_id IS NOT NULL
    ), mine AS (
      SELECT member.image_id, reference.blob_id, count(DISTINCT reference.manifest_id) AS users,
        bool_or(held.manifest_id IS NOT NULL) AS is_held
      FROM member JOIN manifest_references reference ON reference.manifest_id = member.manifest_id
      LEFT JOIN held ON held.image_id = member.image_id AND held.manifest_id = member.manifest_id
      WHERE reference.blob_id IS NOT NULL GROUP BY 1, 2
    ), used AS MATERIALIZED (
      SELECT linked.blob_id, count(*) AS users
      FROM counting JOIN manifests here ON counting.is_on AND here.repository_id = ${here}
      CROSS JOIN LATERAL (
        SELECT DISTINCT blob_id FROM manifest_references
        WHERE manifest_id = here.id AND blob_id IS NOT NULL OFFSET 0
      ) linked
      GROUP BY 1
    ), alone AS (
      SELECT mine.image_id, sum(blob.size_bytes) AS bytes FROM mine
      JOIN used ON used.blob_id = mine.blob_id AND used.users = mine.users
      JOIN blobs blob ON blob.id = mine.blob_id
      WHERE NOT mine.is_held GROUP BY 1
    )`;
}
