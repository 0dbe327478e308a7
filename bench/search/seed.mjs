/** Words that people name images by; the first ones are in most names, the last ones in few. */
const words =
  `app web api service worker server base base-image proxy gateway auth cache queue scheduler frontend backend admin
 billing payments orders users search mail sync export import report metrics logs monitor agent operator controller runner
 builder deploy migrate backup restore node python golang java ruby php rust dotnet nginx postgres redis mysql mariadb
 mongodb kafka rabbitmq elasticsearch opensearch grafana prometheus loki tempo vault consul traefik envoy haproxy keycloak
 minio registry jenkins gitea drone argo flux helm terraform ansible packer debian ubuntu alpine fedora busybox distroless
 tensorflow pytorch jupyter spark hadoop airflow superset metabase wordpress drupal ghost nextcloud mattermost matrix`
    .split(/\s+/)
    .filter(Boolean);

const syllables =
  'ba be bo da de di do fa fe ga go ka ke ko la le lo ma me mi mo na ne no pa pe po ra re ro sa se so ta te to va ve vo za zo'.split(
    ' ',
  );

/** @typedef {{ repositories: number, tagsPerRepository: number }} Size */

/**
 * Adds to a migrated database repositories, tags and people as a large company has them. A third of the
 * repositories is public; words, pulls and activity follow power laws. The same each time.
 *
 * @param {import('pg').Client} client @param {Size} size
 */
export async function seedSearch(client, { repositories, tagsPerRepository }) {
  await client.query('SELECT setseed(0.42)');
  await client.query('CREATE TEMP TABLE vocabulary (id serial PRIMARY KEY, word text)');
  await client.query('INSERT INTO vocabulary (word) SELECT unnest($1::text[])', [words]);
  await client.query(
    `INSERT INTO vocabulary (word)
     SELECT DISTINCT a || b || c FROM unnest($1::text[]) a, unnest($1::text[]) b, unnest($1::text[]) c
     WHERE random() < 0.08 LIMIT 5000`,
    [syllables],
  );
  await client.query(`
    CREATE FUNCTION pg_temp.up_to(most int, skew float) RETURNS int LANGUAGE plpgsql VOLATILE AS $$
      BEGIN RETURN 1 + floor(most * power(random(), skew)); END $$`);
  await client.query(`
    CREATE FUNCTION pg_temp.some_words(count int, glue text, skew float) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
      DECLARE most int := (SELECT max(id) FROM vocabulary); text text;
      BEGIN
        SELECT string_agg(word, glue) INTO text
        FROM (SELECT pg_temp.up_to(most, skew) AS id FROM generate_series(1, count)) chosen JOIN vocabulary USING (id);
        RETURN text;
      END $$`);
  const indexes = await dropIndexes(client);
  await seedPeople(client, Math.max(10, Math.round(repositories / 50)));
  for (let made = 0; made < repositories; ) made += await seedRepositories(client, repositories - made);
  await seedSummaries(client, tagsPerRepository);
  await seedTags(client, tagsPerRepository);
  await client.query(`
    INSERT INTO search_words SELECT DISTINCT word FROM repositories, unnest(tsvector_to_array(search)) word
    WHERE word ~ '^[a-z][a-z0-9]{2,29}$' ON CONFLICT DO NOTHING`);
  for (const index of indexes) await client.query(index);
  await client.query('VACUUM ANALYZE');
}

/**
 * Drops the indexes that no constraint needs: made at the end they take a tenth of the time.
 *
 * @param {import('pg').Client} client @returns {Promise<string[]>} what makes them again
 */
async function dropIndexes(client) {
  const { rows } = await client.query(`
    SELECT indexrelid::regclass AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
    WHERE indrelid IN ('repositories'::regclass, 'repository_summaries'::regclass, 'manifests'::regclass, 'tags'::regclass, 'search_words'::regclass)
      AND NOT indisunique`);
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  return rows.map(({ definition }) => String(definition));
}

/** @param {import('pg').Client} client @param {number} organizations */
async function seedPeople(client, organizations) {
  await client.query(
    `INSERT INTO namespaces (name, kind) SELECT 'team-' || number, 'organization' FROM generate_series(1, $1) number`,
    [organizations],
  );
  await client.query(`
    WITH namespace AS (
      INSERT INTO namespaces (name, kind) SELECT 'person-' || number, 'user' FROM generate_series(1, 200) number RETURNING id, name
    )
    INSERT INTO users (username, namespace_id, is_admin) SELECT name, id, name = 'person-1' FROM namespace`);
  await client.query(`
    INSERT INTO namespace_members (namespace_id, user_id, role)
    SELECT namespace.id, users.id, 'writer' FROM users
    JOIN LATERAL (SELECT id FROM namespaces WHERE kind = 'organization' AND id % 200 = users.id % 200 LIMIT 10) namespace ON true`);
}

/** Fewer where names come out the same; answers how many. @param {import('pg').Client} client @param {number} repositories */
async function seedRepositories(client, repositories) {
  const { rowCount } = await client.query(
    `INSERT INTO repositories (namespace_id, name, visibility, description, readme, image_text, platforms, artifact_kinds,
       created_at, popularity)
     SELECT namespace.id,
       namespace.name || '/' || pg_temp.some_words(pg_temp.up_to(2, 1), '-', 3) || CASE WHEN random() < 0.5 THEN '-' || number ELSE '' END,
       CASE WHEN random() < 0.33 THEN 'public' ELSE 'private' END,
       CASE WHEN random() < 0.7 THEN pg_temp.some_words(8, ' ', 1.7) ELSE '' END,
       CASE WHEN random() < 0.2 THEN pg_temp.some_words(150, ' ', 1.5) ELSE '' END,
       CASE WHEN random() < 0.5 THEN pg_temp.some_words(10, ' ', 1.7) ELSE '' END,
       ARRAY(SELECT platform FROM unnest(ARRAY['linux/amd64', 'linux/arm64', 'linux/arm/v7', 'linux/ppc64le', 'linux/s390x', 'windows/amd64'],
         ARRAY[0.92, 0.55, 0.08, 0.01, 0.005, 0.01]) AS p(platform, share) WHERE random() < share + 0 * number),
       ARRAY(SELECT kind FROM unnest(ARRAY['image', 'chart', 'wasm', 'signature', 'attestation', 'sbom', 'artifact'],
         ARRAY[0.9, 0.07, 0.01, 0.2, 0.4, 0.1, 0.03]) AS k(kind, share) WHERE random() < share + 0 * number),
       active_at, popularity(floor(power(10, 6 * power(random(), 3)))::bigint - 1, active_at)
     FROM (SELECT number, 1 + pg_temp.up_to((SELECT max(id)::int FROM namespaces) - 1, 2) AS namespace_id,
         now() - power(random(), 2) * interval '1000 days' AS active_at
       FROM generate_series(1, $1) number) made
     JOIN namespaces namespace ON namespace.id = made.namespace_id
     ON CONFLICT DO NOTHING`,
    [repositories],
  );
  return rowCount ?? 0;
}

/** Pushes and pulls, as the popularity tells. @param {import('pg').Client} client @param {number} tagsPerRepository */
async function seedSummaries(client, tagsPerRepository) {
  await client.query(
    `INSERT INTO repository_summaries (repository_id, tag_count, pull_count, pushed_at, active_at)
     SELECT id, $1, greatest(0, power(10, popularity - extract(epoch FROM created_at)::float8 / (182 * 86400)) - 1)::bigint,
       created_at, created_at
     FROM repositories ON CONFLICT DO NOTHING`,
    [tagsPerRepository],
  );
}

/** @param {import('pg').Client} client @param {number} tagsPerRepository */
async function seedTags(client, tagsPerRepository) {
  await client.query(`
    INSERT INTO manifests (repository_id, digest, media_type, artifact_kind, size_bytes, bytes, total_bytes)
    SELECT id, 'sha256:' || encode(sha256(name::bytea), 'hex'), 'application/vnd.oci.image.manifest.v1+json', 'image', 2, '{}',
      floor(random() * 1e9) FROM repositories
    WHERE NOT EXISTS (SELECT FROM manifests WHERE repository_id = repositories.id)`);
  await client.query(
    `INSERT INTO tags (repository_id, name, manifest_id, updated_at)
     SELECT manifest.repository_id, CASE number WHEN 1 THEN 'latest' WHEN 2 THEN 'main'
       ELSE floor(random() * 5)::int || '.' || floor(random() * 30)::int || '.' || number
         || CASE WHEN random() < 0.2 THEN '-alpine' ELSE '' END END,
       manifest.id, now() - number * interval '1 day'
     FROM manifests manifest, generate_series(1, $1) number
     WHERE manifest.bytes = '{}' ON CONFLICT DO NOTHING`,
    [tagsPerRepository],
  );
}
