/**
 * Fills a database with blobs that images need, ten an image, a fifth of them shared by 50 images; touched long ago, and
 * all of their links still to be looked at. The accounts follow from the links as a migration finds them.
 *
 * @param {import('pg').Client} client @param {number} blobs
 */
export async function seedBlobs(client, blobs) {
  const images = Math.ceil(blobs / 8);
  const repositories = Math.ceil(images / 100);
  // Triggers would count each link alone.
  await client.query(`SET session_replication_role = 'replica'`);
  await client.query(`INSERT INTO namespaces (name, kind) VALUES ('team', 'organization')`);
  await client.query(
    `INSERT INTO repositories (namespace_id, name, visibility)
     SELECT (SELECT id FROM namespaces WHERE name = 'team'), 'team/app-' || n, 'private' FROM generate_series(1, $1::int) n`,
    [repositories],
  );
  await client.query(
    `INSERT INTO blobs (digest, size_bytes, storage_key, created_at, touched_at)
     SELECT 'sha256:' || encode(sha256(n::text::bytea), 'hex'), 1000 + n % 100000, md5(n::text), now() - interval '1 year', now() - interval '1 year'
     FROM generate_series(1, $1::int) n`,
    [blobs],
  );
  await client.query(
    `INSERT INTO manifests (repository_id, digest, media_type, size_bytes, bytes, artifact_kind, pushed_at)
     SELECT (SELECT min(id) FROM repositories) + n % $2, 'sha256:' || encode(sha256(('m' || n)::bytea), 'hex'),
       'application/vnd.oci.image.manifest.v1+json', 2, '{}', 'image', now() - interval '1 year'
     FROM generate_series(1, $1::int) n`,
    [images, repositories],
  );
  await client.query(
    `INSERT INTO manifest_references (manifest_id, position, kind, digest, media_type, size_bytes, blob_id)
     SELECT manifest.id, position, 'layer', blob.digest, 'x', blob.size_bytes, blob.id
     FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n, (SELECT min(id) FROM blobs) AS first FROM manifests) manifest
     CROSS JOIN generate_series(1, 10) position
     JOIN blobs blob ON blob.id = manifest.first + CASE WHEN position <= 8 THEN (manifest.n * 8 + position - 1) % $1
       ELSE (manifest.n / 50 * 2 + position) % $1 END`,
    [blobs],
  );
  await client.query(
    `INSERT INTO repository_blobs (repository_id, blob_id, linked_at, touched_at)
     SELECT DISTINCT manifest.repository_id, reference.blob_id, now() - interval '1 year', now() - interval '1 year'
     FROM manifest_references reference JOIN manifests manifest ON manifest.id = reference.manifest_id`,
  );
  await client.query(
    `INSERT INTO link_checks (repository_id, blob_id) SELECT repository_id, blob_id FROM repository_blobs`,
  );
  await client.query(
    `INSERT INTO namespace_blobs SELECT repository.namespace_id, link.blob_id, count(*) FROM repository_blobs link
     JOIN repositories repository ON repository.id = link.repository_id GROUP BY 1, 2`,
  );
  await client.query(
    `UPDATE blobs SET link_count = counted.link_count, namespace_count = 1 FROM namespace_blobs counted WHERE counted.blob_id = blobs.id`,
  );
  await client.query(`SET session_replication_role = 'origin'`);
  await client.query('VACUUM ANALYZE');
}
