import { seedSearch } from '../search/seed.mjs';

/** @typedef {{ repositories: number, tagsPerRepository: number, links: number, tagsOfOne: number }} CompanySize */

/** @type {Record<'large' | 'small', CompanySize>} */
export const companySizes = {
  large: { repositories: 100_000, tagsPerRepository: 9, links: 5_000_000, tagsOfOne: 100_000 },
  small: { repositories: 400, tagsPerRepository: 9, links: 20_000, tagsOfOne: 400 },
};

/** How many repositories link a blob in the mean. */
const SHARED_BY = 5;

/**
 * Fills a migrated database with what a large company has, straight in Postgres: repositories, tags and people as for
 * the search, blobs that repositories share, and one repository with very many tags of its own.
 *
 * @param {import('pg').Client} client a superuser
 * @param {CompanySize} size @param {string} ofOne the repository with many tags: it is there and has a manifest
 */
export async function seedCompany(client, { repositories, tagsPerRepository, links, tagsOfOne }, ofOne) {
  await seedSearch(client, { repositories, tagsPerRepository });
  await seedLinks(client, links);
  await seedTagsOfOne(client, tagsOfOne, ofOne);
  await client.query('VACUUM ANALYZE');
}

/**
 * Without triggers and foreign keys, which would look at each row: what they keep is written at once afterwards.
 *
 * @param {import('pg').Client} client @param {number} links
 */
async function seedLinks(client, links) {
  const blobs = Math.ceil(links / SHARED_BY);
  await client.query('SET session_replication_role = replica');
  const indexes = await dropIndexes(client);
  await client.query(
    `INSERT INTO blobs (digest, size_bytes, storage_key)
     SELECT 'sha256:' || encode(sha256(number::text::bytea), 'hex'), 1 + number % 100000000, 'seeded-' || number
     FROM generate_series(1, $1::int) number`,
    [blobs],
  );
  await client.query('ANALYZE blobs, repositories');
  const { rows } = await client.query('SELECT count(*) FROM repositories');
  await client.query(
    `WITH holder AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM repositories),
       seeded AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM blobs WHERE storage_key LIKE 'seeded-%')
     INSERT INTO repository_blobs (repository_id, blob_id)
     SELECT holder.id, seeded.id
     FROM (SELECT number % $1::bigint AS blob_place, number * $3::bigint / $2::bigint AS holder_place
       FROM generate_series(0::bigint, $2::bigint - 1) number) link
     JOIN holder ON holder.place = link.holder_place JOIN seeded ON seeded.place = link.blob_place
     ON CONFLICT DO NOTHING`,
    [blobs, links, rows[0].count],
  );
  await client.query(`
    INSERT INTO namespace_blobs (namespace_id, blob_id, link_count)
    SELECT repository.namespace_id, link.blob_id, count(*) FROM repository_blobs link
    JOIN repositories repository ON repository.id = link.repository_id GROUP BY 1, 2
    ON CONFLICT (namespace_id, blob_id) DO UPDATE SET link_count = excluded.link_count`);
  await client.query(`
    UPDATE blobs SET link_count = counted.links, namespace_count = counted.namespaces
    FROM (SELECT blob_id, sum(link_count) AS links, count(*) AS namespaces FROM namespace_blobs GROUP BY 1) counted
    WHERE counted.blob_id = blobs.id`);
  for (const index of indexes) await client.query(index);
  await client.query('SET session_replication_role = origin');
}

/** Made at the end they take a tenth of the time. @param {import('pg').Client} client @returns {Promise<string[]>} what makes them again */
async function dropIndexes(client) {
  const { rows } = await client.query(`
    SELECT indexrelid::regclass AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
    WHERE indrelid = 'repository_blobs'::regclass AND NOT indisunique`);
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  return rows.map(({ definition }) => String(definition));
}

/** @param {import('pg').Client} client @param {number} tags @param {string} repository */
async function seedTagsOfOne(client, tags, repository) {
  await client.query(
    `INSERT INTO tags (repository_id, name, manifest_id)
     SELECT manifest.repository_id, 'build-' || lpad(number::text, 6, '0'), manifest.id
     FROM (SELECT repository_id, max(manifests.id) AS id FROM manifests
       JOIN repositories repository ON repository.id = repository_id WHERE repository.name = $2 GROUP BY 1) manifest,
       generate_series(1, $1::int) number`,
    [tags, repository],
  );
}
