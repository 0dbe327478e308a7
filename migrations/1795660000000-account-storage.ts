import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a collection has to look at, and who uses how many bytes. Both follow from which repository links which blob
 * and which manifests are removed, whoever does that, so triggers write them down. A change of links locks their
 * blobs, which makes the counts exact; what they come to is written as rows of their own, so that nobody waits for a
 * sum.
 */
export class AccountStorage1795660000000 implements MigrationInterface {
  name = 'AccountStorage1795660000000';

  async up(runner: QueryRunner): Promise<void> {
    await tables(runner);
    await backfill(runner);
    await linkTriggers(runner);
    await blobTriggers(runner);
    await releaseTriggers(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION release_links_of_manifest(), release_links_of_trash(), release_links_of_repository(),
        count_added_blobs(), count_removed_blobs(), count_added_links(), count_removed_links() CASCADE`);
    await runner.query(
      `DROP TABLE storage_deltas, storage_usage, namespace_blobs, link_checks, removed_blobs`,
    );
    await runner.query(`DROP INDEX blobs_unlinked_ix`);
    await runner.query(`ALTER TABLE blobs DROP link_count, DROP namespace_count`);
    await runner.query(`ALTER TABLE repository_blobs DROP touched_at`);
  }
}

/**
 * `link_checks`: links that perhaps no manifest needs; `used_at` is when a manifest that has gone was pushed, null for
 * a link that is new. `removed_blobs`: objects that are still to be removed from the store. `storage_usage` and
 * `storage_deltas` are only together what an owner has: a repository, a namespace, or the instance, whose id is 0.
 */
async function tables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    ALTER TABLE blobs ADD link_count bigint NOT NULL DEFAULT 0, ADD namespace_count bigint NOT NULL DEFAULT 0`);
  await runner.query(`ALTER TABLE repository_blobs ADD touched_at timestamptz NOT NULL DEFAULT now()`);
  await runner.query(`
    CREATE TABLE link_checks (
      id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT link_checks_pk PRIMARY KEY,
      repository_id bigint NOT NULL,
      blob_id bigint NOT NULL,
      used_at timestamptz
    )`);
  await runner.query(`
    CREATE TABLE removed_blobs (
      storage_key text COLLATE "C" CONSTRAINT removed_blobs_pk PRIMARY KEY,
      digest text COLLATE "C" NOT NULL,
      size_bytes bigint NOT NULL,
      removed_at timestamptz NOT NULL DEFAULT now()
    )`);
  await runner.query(`
    CREATE TABLE namespace_blobs (
      namespace_id bigint NOT NULL,
      blob_id bigint NOT NULL,
      link_count bigint NOT NULL,
      CONSTRAINT namespace_blobs_pk PRIMARY KEY (namespace_id, blob_id)
    )`);
  const columns = (table: string) => `
    kind text NOT NULL CONSTRAINT ${table}_kind_ck CHECK (kind IN ('instance', 'namespace', 'repository')),
    owner_id bigint NOT NULL,
    exclusive_bytes bigint NOT NULL,
    shared_bytes bigint NOT NULL`;
  await runner.query(`
    CREATE TABLE storage_usage (${columns('storage_usage')}, CONSTRAINT storage_usage_pk PRIMARY KEY (kind, owner_id))`);
  await runner.query(`
    CREATE TABLE storage_deltas (
      id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT storage_deltas_pk PRIMARY KEY, ${columns('storage_deltas')})`);
}

async function backfill(runner: QueryRunner): Promise<void> {
  await runner.query(`
    INSERT INTO namespace_blobs (namespace_id, blob_id, link_count)
    SELECT repository.namespace_id, link.blob_id, count(*) FROM repository_blobs link
    JOIN repositories repository ON repository.id = link.repository_id GROUP BY 1, 2`);
  await runner.query(`
    UPDATE blobs SET link_count = counted.links, namespace_count = counted.namespaces
    FROM (SELECT blob_id, sum(link_count) AS links, count(*) AS namespaces FROM namespace_blobs GROUP BY 1) counted
    WHERE counted.blob_id = blobs.id`);
  await runner.query(`
    INSERT INTO storage_usage (kind, owner_id, exclusive_bytes, shared_bytes)
    SELECT 'repository', link.repository_id, coalesce(sum(size_bytes) FILTER (WHERE blob.link_count = 1), 0),
      coalesce(sum(size_bytes) FILTER (WHERE blob.link_count > 1), 0)
    FROM repository_blobs link JOIN blobs blob ON blob.id = link.blob_id GROUP BY 2
    UNION ALL
    SELECT 'namespace', link.namespace_id, coalesce(sum(size_bytes) FILTER (WHERE blob.namespace_count = 1), 0),
      coalesce(sum(size_bytes) FILTER (WHERE blob.namespace_count > 1), 0)
    FROM namespace_blobs link JOIN blobs blob ON blob.id = link.blob_id GROUP BY 2
    UNION ALL
    SELECT 'instance', 0, coalesce(sum(size_bytes) FILTER (WHERE link_count <= 1), 0),
      coalesce(sum(size_bytes) FILTER (WHERE link_count > 1), 0) FROM blobs`);
  await runner.query(`
    INSERT INTO link_checks (repository_id, blob_id)
    SELECT link.repository_id, link.blob_id FROM repository_blobs link WHERE NOT EXISTS (
      SELECT FROM manifest_references reference JOIN manifests manifest ON manifest.id = reference.manifest_id
      WHERE reference.blob_id = link.blob_id AND manifest.repository_id = link.repository_id)`);
  await runner.query(
    `CREATE INDEX repository_blobs_touched_ix ON repository_blobs (repository_id, touched_at)`,
  );
  await runner.query(`CREATE INDEX blobs_unlinked_ix ON blobs (id) WHERE link_count = 0`);
  await runner.query(`CREATE INDEX link_checks_link_ix ON link_checks (blob_id, repository_id)`);
  await runner.query(`CREATE INDEX storage_deltas_owner_ix ON storage_deltas (kind, owner_id)`);
  await runner.query(`CREATE INDEX namespace_blobs_blob_ix ON namespace_blobs (blob_id)`);
}

/**
 * A blob passes from some number of links to another: of the repositories that link it, and of their namespaces. Who
 * had it alone shares it from then on, or the other way round. The blobs are locked in the order of their ids.
 */
async function linkTriggers(runner: QueryRunner): Promise<void> {
  const changes = (table: 'added' | 'removed') => `
    PERFORM FROM blobs WHERE id IN (SELECT blob_id FROM ${table}) ORDER BY id FOR NO KEY UPDATE;
    WITH changed AS (
      SELECT repository.namespace_id, ${table}.repository_id, ${table}.blob_id
      FROM ${table} JOIN repositories repository ON repository.id = ${table}.repository_id
    ), links AS (
      UPDATE blobs SET link_count = link_count ${table === 'added' ? '+' : '-'} counted.changes
      FROM (SELECT blob_id, count(*) AS changes FROM changed GROUP BY 1) counted WHERE blobs.id = counted.blob_id
      RETURNING blobs.id, size_bytes, link_count ${table === 'added' ? '-' : '+'} counted.changes AS before, link_count AS after
    )
    INSERT INTO storage_deltas (kind, owner_id, exclusive_bytes, shared_bytes)
    ${deltas('repository', 'repository_id', 'repository_blobs', table)}
    UNION ALL
    SELECT 'instance', 0, (CASE WHEN after > 1 THEN -1 ELSE 1 END) * size_bytes, (CASE WHEN after > 1 THEN 1 ELSE -1 END) * size_bytes
    FROM links WHERE (before > 1) <> (after > 1);`;
  await runner.query(`
    CREATE FUNCTION count_added_links() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO link_checks (repository_id, blob_id) SELECT repository_id, blob_id FROM added;
      ${changes('added')}
      WITH counted AS (
        INSERT INTO namespace_blobs AS known (namespace_id, blob_id, link_count)
        SELECT repository.namespace_id, added.blob_id, count(*) FROM added
        JOIN repositories repository ON repository.id = added.repository_id GROUP BY 1, 2
        ON CONFLICT (namespace_id, blob_id) DO UPDATE SET link_count = known.link_count + excluded.link_count
        RETURNING known.namespace_id, known.blob_id, known.xmax = 0 AS is_new
      ), changed AS (SELECT namespace_id, blob_id FROM counted WHERE is_new), links AS (
        UPDATE blobs SET namespace_count = namespace_count + counted.changes
        FROM (SELECT blob_id, count(*) AS changes FROM changed GROUP BY 1) counted WHERE blobs.id = counted.blob_id
        RETURNING blobs.id, size_bytes, namespace_count - counted.changes AS before, namespace_count AS after
      )
      INSERT INTO storage_deltas (kind, owner_id, exclusive_bytes, shared_bytes)
      ${deltas('namespace', 'namespace_id', 'namespace_blobs', 'added')};
      RETURN NULL;
    END $$`);
  await runner.query(`
    CREATE FUNCTION count_removed_links() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      ${changes('removed')}
      UPDATE namespace_blobs known SET link_count = known.link_count - counted.changes
      FROM (SELECT repository.namespace_id, removed.blob_id, count(*) AS changes FROM removed
            JOIN repositories repository ON repository.id = removed.repository_id GROUP BY 1, 2) counted
      WHERE known.namespace_id = counted.namespace_id AND known.blob_id = counted.blob_id;
      WITH changed AS (
        DELETE FROM namespace_blobs WHERE blob_id IN (SELECT blob_id FROM removed) AND link_count = 0
        RETURNING namespace_id, blob_id
      ), links AS (
        UPDATE blobs SET namespace_count = namespace_count - counted.changes
        FROM (SELECT blob_id, count(*) AS changes FROM changed GROUP BY 1) counted WHERE blobs.id = counted.blob_id
        RETURNING blobs.id, size_bytes, namespace_count + counted.changes AS before, namespace_count AS after
      )
      INSERT INTO storage_deltas (kind, owner_id, exclusive_bytes, shared_bytes)
      ${deltas('namespace', 'namespace_id', 'namespace_blobs', 'removed')};
      RETURN NULL;
    END $$`);
  await runner.query(`
    CREATE TRIGGER repository_blobs_added AFTER INSERT ON repository_blobs REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION count_added_links()`);
  await runner.query(`
    CREATE TRIGGER repository_blobs_removed AFTER DELETE ON repository_blobs REFERENCING OLD TABLE AS removed
    FOR EACH STATEMENT EXECUTE FUNCTION count_removed_links()`);
}

/** What `changed` owners get or lose, and what becomes of those that kept their link, by `links`. */
function deltas(kind: string, owner: string, kept: string, table: 'added' | 'removed'): string {
  const [sign, count, alone] = table === 'added' ? ['', 'after', 'before'] : ['-', 'before', 'after'];
  return `
    SELECT '${kind}', changed.${owner}, CASE ${count} WHEN 1 THEN ${sign}size_bytes ELSE 0 END,
      CASE ${count} WHEN 1 THEN 0 ELSE ${sign}size_bytes END
    FROM changed JOIN links ON links.id = changed.blob_id
    UNION ALL
    SELECT '${kind}', kept.${owner}, ${table === 'added' ? '-size_bytes, size_bytes' : 'size_bytes, -size_bytes'}
    FROM links JOIN ${kept} kept ON kept.blob_id = links.id
    WHERE ${alone} = 1 AND (kept.${owner}, kept.blob_id) NOT IN (SELECT ${owner}, blob_id FROM changed)`;
}

/** To the instance it is the same whether one repository has a blob or none. */
async function blobTriggers(runner: QueryRunner): Promise<void> {
  for (const [table, sign, event] of [
    ['added', '', 'INSERT'],
    ['removed', '-', 'DELETE'],
  ]) {
    await runner.query(`
      CREATE FUNCTION count_${table}_blobs() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO storage_deltas (kind, owner_id, exclusive_bytes, shared_bytes)
        SELECT 'instance', 0, ${sign}sum(size_bytes), 0 FROM ${table} HAVING count(*) > 0;
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER blobs_${table} AFTER ${event} ON blobs REFERENCING ${table === 'added' ? 'NEW' : 'OLD'} TABLE AS ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION count_${table}_blobs()`);
  }
}

/** What a manifest that goes for good needed is to be looked at, as is what one that goes to trash needed. */
async function releaseTriggers(runner: QueryRunner): Promise<void> {
  for (const [name, table, references] of [
    ['manifest', 'manifests', 'manifest_references'],
    ['trash', 'trashed_manifests', 'trashed_references'],
  ]) {
    await runner.query(`
      CREATE FUNCTION release_links_of_${name}() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO link_checks (repository_id, blob_id, used_at)
        SELECT DISTINCT OLD.repository_id, blob_id, OLD.pushed_at FROM ${references}
        WHERE manifest_id = OLD.id AND blob_id IS NOT NULL;
        RETURN OLD;
      END $$`);
    await runner.query(`
      CREATE TRIGGER ${table}_release BEFORE DELETE ON ${table}
      FOR EACH ROW EXECUTE FUNCTION release_links_of_${name}()`);
  }
  // A cascade would come when the repository, and with it the namespace, cannot be seen any more.
  await runner.query(`
    CREATE FUNCTION release_links_of_repository() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      DELETE FROM repository_blobs WHERE repository_id = OLD.id;
      RETURN OLD;
    END $$`);
  await runner.query(`
    CREATE TRIGGER repositories_release BEFORE DELETE ON repositories
    FOR EACH ROW EXECUTE FUNCTION release_links_of_repository()`);
}
