import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Most links are that of a blob that nobody had before: what a push makes nine times an image. Such a link is counted
 * without the joins that shared blobs need, and where there are no quotas nothing is added up for them.
 */
export class CountNewLinks1795800000000 implements MigrationInterface {
  name = 'CountNewLinks1795800000000';

  async up(runner: QueryRunner): Promise<void> {
    await replaceCounting(runner, {
      declarations: `DECLARE
        linked record;
        namespace bigint;
        bytes bigint;`,
      // What another transaction links at the same time is seen behind the lock of the blob's row, and counted below.
      shortcut: `
      SELECT count(*) AS links, min(repository_id) AS repository_id, min(blob_id) AS blob_id INTO linked FROM added;
      IF linked.links = 1 THEN
        UPDATE blobs SET link_count = 1, namespace_count = 1
        WHERE id = linked.blob_id AND link_count = 0 AND namespace_count = 0 RETURNING size_bytes INTO bytes;
        IF FOUND THEN
          INSERT INTO link_checks (repository_id, blob_id) VALUES (linked.repository_id, linked.blob_id);
          INSERT INTO namespace_blobs (namespace_id, blob_id, link_count)
          SELECT namespace_id, linked.blob_id, 1 FROM repositories WHERE id = linked.repository_id
          RETURNING namespace_id INTO namespace;
          INSERT INTO storage_deltas (kind, owner_id, exclusive_bytes, shared_bytes)
          VALUES ('repository', linked.repository_id, bytes, 0), ('namespace', namespace, bytes, 0);
          RETURN NULL;
        END IF;
      END IF;`,
    });
    await replaceCharges(runner, (kind) => {
      return `IF NOT EXISTS (SELECT FROM quotas WHERE kind = '${kind}') THEN RETURN NULL; END IF;`;
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await replaceCounting(runner, { declarations: '', shortcut: '' });
    await replaceCharges(runner, () => '');
  }
}

/** As of `AccountStorage1795660000000`, with something before it. */
async function replaceCounting(
  runner: QueryRunner,
  before: { declarations: string; shortcut: string },
): Promise<void> {
  const deltas = (kind: string, owner: string, kept: string) => `
      INSERT INTO storage_deltas (kind, owner_id, exclusive_bytes, shared_bytes)
      SELECT '${kind}', changed.${owner}, CASE after WHEN 1 THEN size_bytes ELSE 0 END,
        CASE after WHEN 1 THEN 0 ELSE size_bytes END
      FROM changed JOIN links ON links.id = changed.blob_id
      UNION ALL
      SELECT '${kind}', kept.${owner}, -size_bytes, size_bytes
      FROM links JOIN ${kept} kept ON kept.blob_id = links.id
      WHERE before = 1 AND (kept.${owner}, kept.blob_id) NOT IN (SELECT ${owner}, blob_id FROM changed)`;
  await runner.query(`
    CREATE OR REPLACE FUNCTION count_added_links() RETURNS trigger LANGUAGE plpgsql AS $$
    ${before.declarations}
    BEGIN
      ${before.shortcut}
      INSERT INTO link_checks (repository_id, blob_id) SELECT repository_id, blob_id FROM added;
      PERFORM FROM blobs WHERE id IN (SELECT blob_id FROM added) ORDER BY id FOR NO KEY UPDATE;
      WITH changed AS (
        SELECT repository.namespace_id, added.repository_id, added.blob_id
        FROM added JOIN repositories repository ON repository.id = added.repository_id
      ), links AS (
        UPDATE blobs SET link_count = link_count + counted.changes
        FROM (SELECT blob_id, count(*) AS changes FROM changed GROUP BY 1) counted WHERE blobs.id = counted.blob_id
        RETURNING blobs.id, size_bytes, link_count - counted.changes AS before, link_count AS after
      )
      ${deltas('repository', 'repository_id', 'repository_blobs')}
      UNION ALL
      SELECT 'instance', 0, (CASE WHEN after > 1 THEN -1 ELSE 1 END) * size_bytes,
        (CASE WHEN after > 1 THEN 1 ELSE -1 END) * size_bytes
      FROM links WHERE (before > 1) <> (after > 1);
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
      ${deltas('namespace', 'namespace_id', 'namespace_blobs')};
      RETURN NULL;
    END $$`);
}

/** As of `LimitStorage1795663800000`, with something before it. */
async function replaceCharges(runner: QueryRunner, before: (kind: string) => string): Promise<void> {
  await runner.query(`
    CREATE OR REPLACE FUNCTION charge_links() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE quota quotas;
    BEGIN
      ${before('namespace')}
      FOR quota IN
        SELECT * FROM quotas WHERE kind = 'namespace' AND owner_id IN (
          SELECT namespace_id FROM repositories WHERE id IN (SELECT repository_id FROM changed))
        ORDER BY owner_id FOR UPDATE
      LOOP
        PERFORM charge_quota('namespace', quota.owner_id, (
          SELECT coalesce(sum(size_bytes), 0)::bigint * CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END FROM blobs
          WHERE id IN (
            SELECT changed.blob_id FROM changed JOIN repositories repository ON repository.id = changed.repository_id
            WHERE repository.namespace_id = quota.owner_id)
          AND NOT EXISTS (
            SELECT FROM repository_blobs link JOIN repositories repository ON repository.id = link.repository_id
            WHERE link.blob_id = blobs.id AND repository.namespace_id = quota.owner_id
              AND NOT EXISTS (SELECT FROM changed
                WHERE changed.repository_id = link.repository_id AND changed.blob_id = link.blob_id))), 0);
      END LOOP;
      RETURN NULL;
    END $$`);
  await runner.query(`
    CREATE OR REPLACE FUNCTION charge_stored_blobs() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      ${before('instance')}
      PERFORM charge_quota('instance', 0,
        (SELECT coalesce(sum(size_bytes), 0)::bigint * CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END FROM changed), 0);
      RETURN NULL;
    END $$`);
}
