import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Limits of namespaces and of the instance. A row counts what its owner has, from the moment on that it is made;
 * triggers keep it, in the transaction that links or makes something, so that no two can pass a limit together.
 * Without rows they find none and do nothing.
 */
export class LimitStorage1795663800000 implements MigrationInterface {
  name = 'LimitStorage1795663800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE quotas (
        kind text NOT NULL CONSTRAINT quotas_kind_ck CHECK (kind IN ('instance', 'namespace')),
        owner_id bigint NOT NULL,
        max_bytes bigint CONSTRAINT quotas_bytes_ck CHECK (max_bytes >= 0),
        max_repositories bigint CONSTRAINT quotas_repositories_ck CHECK (max_repositories >= 0),
        used_bytes bigint NOT NULL,
        used_repositories bigint NOT NULL,
        CONSTRAINT quotas_pk PRIMARY KEY (kind, owner_id)
      )`);
    await charge(runner);
    await blobTriggers(runner);
    await repositoryTriggers(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP FUNCTION unlink_repository(), charge_repository(), charge_stored_blobs(), charge_links() CASCADE`,
    );
    await runner.query(`DROP FUNCTION charge_quota(text, bigint, bigint, bigint)`);
    await runner.query(`DROP TABLE quotas`);
  }
}

/** BQ001: more than a limit allows. What grows is refused; what shrinks never is. */
async function charge(runner: QueryRunner): Promise<void> {
  const refuse = (what: string, added: string) => `
    IF ${added} > 0 AND quota.used_${what} > quota.max_${what} THEN
      RAISE EXCEPTION 'over the quota' USING ERRCODE = 'BQ001', DETAIL = json_build_object(
        'kind', charged_kind, 'unit', '${what}', 'limit', quota.max_${what},
        'used', quota.used_${what} - ${added}, 'needed', ${added},
        'namespace', (SELECT name FROM namespaces WHERE id = charged_owner))::text;
    END IF;`;
  await runner.query(`
    CREATE FUNCTION charge_quota(charged_kind text, charged_owner bigint, bytes bigint, repositories bigint)
    RETURNS void LANGUAGE plpgsql AS $$
    DECLARE quota quotas;
    BEGIN
      UPDATE quotas SET used_bytes = used_bytes + bytes, used_repositories = used_repositories + repositories
      WHERE kind = charged_kind AND owner_id = charged_owner RETURNING * INTO quota;
      IF NOT FOUND THEN RETURN; END IF;
      ${refuse('bytes', 'bytes')}
      ${refuse('repositories', 'repositories')}
    END $$`);
}

/**
 * A namespace is charged for a blob once, whichever of its repositories link it; the instance for every blob in the
 * store. The row of the quota is locked before it is asked what is linked already, so the answer counts all before.
 */
async function blobTriggers(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE FUNCTION charge_links() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE quota quotas;
    BEGIN
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
    CREATE FUNCTION charge_stored_blobs() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM charge_quota('instance', 0,
        (SELECT coalesce(sum(size_bytes), 0)::bigint * CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END FROM changed), 0);
      RETURN NULL;
    END $$`);
  for (const [table, work] of [
    ['repository_blobs', 'charge_links'],
    ['blobs', 'charge_stored_blobs'],
  ]) {
    for (const [event, image] of [
      ['INSERT', 'NEW'],
      ['DELETE', 'OLD'],
    ]) {
      // Triggers go by name: after those that lock blobs in the order of their ids.
      await runner.query(`
        CREATE TRIGGER zz_${work}_${event?.toLowerCase()} AFTER ${event} ON ${table}
        REFERENCING ${image} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ${work}()`);
    }
  }
}

/** What is in the trash counts as bytes until it is purged, but not as a repository. */
async function repositoryTriggers(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE FUNCTION charge_repository() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      before int := CASE WHEN TG_OP = 'INSERT' THEN 0 WHEN OLD.deleted_at IS NULL THEN 1 ELSE 0 END;
      after int := CASE WHEN TG_OP = 'DELETE' THEN 0 WHEN NEW.deleted_at IS NULL THEN 1 ELSE 0 END;
      charged bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.namespace_id ELSE NEW.namespace_id END;
    BEGIN
      IF before = after THEN RETURN NULL; END IF;
      PERFORM charge_quota('namespace', charged, 0, after - before);
      PERFORM charge_quota('instance', 0, 0, after - before);
      RETURN NULL;
    END $$`);
  await runner.query(`
    CREATE TRIGGER charge_repository AFTER INSERT OR DELETE OR UPDATE OF deleted_at ON repositories
    FOR EACH ROW EXECUTE FUNCTION charge_repository()`);
  // While it can still be told whose links they are.
  await runner.query(`
    CREATE FUNCTION unlink_repository() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT FROM quotas) THEN DELETE FROM repository_blobs WHERE repository_id = OLD.id; END IF;
      RETURN OLD;
    END $$`);
  await runner.query(`
    CREATE TRIGGER unlink_repository BEFORE DELETE ON repositories
    FOR EACH ROW EXECUTE FUNCTION unlink_repository()`);
}
