import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is deleted is kept for a while. Repositories and namespaces are marked, so that a deletion costs the same
 * whatever they hold. Manifests move to tables of their own, so that nothing that reads manifests has to leave them out.
 */
export class KeepDeleted1795652000000 implements MigrationInterface {
  name = 'KeepDeleted1795652000000';

  async up(runner: QueryRunner): Promise<void> {
    await marks(runner);
    await manifests(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE trashed_tags, trashed_references, trashed_manifests`);
    await runner.query(`DROP INDEX repositories_trash_ix, namespaces_trash_ix`);
    await runner.query(`
      DELETE FROM manifest_references WHERE manifest_id IN (
        SELECT manifest.id FROM manifests manifest JOIN repositories repository ON repository.id = manifest.repository_id
        WHERE repository.deleted_at IS NOT NULL)`);
    await runner.query(
      `DELETE FROM tags WHERE repository_id IN (SELECT id FROM repositories WHERE deleted_at IS NOT NULL)`,
    );
    await runner.query(`DELETE FROM repositories WHERE deleted_at IS NOT NULL`);
    await runner.query(`DROP INDEX repositories_name_uq`);
    await runner.query(`
      ALTER TABLE repositories DROP deleted_at, DROP deleted_by, DROP purge_started_at,
        ADD CONSTRAINT repositories_name_uq UNIQUE (name)`);
    await runner.query(`ALTER TABLE namespaces DROP deleted_by, DROP purged_at`);
  }
}

/** A name is free again once its repository is deleted. Of a purged namespace nothing is left but its name. */
async function marks(runner: QueryRunner): Promise<void> {
  await runner.query(`
    ALTER TABLE repositories DROP CONSTRAINT repositories_name_uq,
      ADD deleted_at timestamptz, ADD deleted_by text, ADD purge_started_at timestamptz`);
  await runner.query(
    `CREATE UNIQUE INDEX repositories_name_uq ON repositories (name) WHERE deleted_at IS NULL`,
  );
  await runner.query(`
    CREATE INDEX repositories_trash_ix ON repositories (deleted_at) WHERE deleted_at IS NOT NULL`);
  await runner.query(`ALTER TABLE namespaces ADD deleted_by text, ADD purged_at timestamptz`);
  await runner.query(`UPDATE namespaces SET purged_at = deleted_at WHERE deleted_at IS NOT NULL`);
  await runner.query(`
    CREATE INDEX namespaces_trash_ix ON namespaces (deleted_at) WHERE deleted_at IS NOT NULL AND purged_at IS NULL`);
}

/**
 * `trashed_manifests` has the columns of `manifests`, and `root_id`: what was deleted by name, with which the others
 * went and with which they come back. `trashed_references` keeps blobs from being collected.
 */
async function manifests(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE trashed_manifests (
      id bigint CONSTRAINT trashed_manifests_pk PRIMARY KEY,
      root_id bigint NOT NULL CONSTRAINT trashed_manifests_root_fk REFERENCES trashed_manifests ON DELETE CASCADE,
      repository_id bigint NOT NULL CONSTRAINT trashed_manifests_repository_fk REFERENCES repositories ON DELETE CASCADE,
      digest text COLLATE "C" NOT NULL,
      media_type text NOT NULL,
      artifact_type text,
      subject_digest text COLLATE "C",
      annotations jsonb NOT NULL,
      size_bytes integer NOT NULL,
      bytes bytea NOT NULL,
      pushed_at timestamptz NOT NULL,
      pushed_by text NOT NULL,
      artifact_kind text NOT NULL,
      total_bytes bigint NOT NULL,
      platforms text[] NOT NULL,
      config jsonb,
      chain_id uuid,
      base_chain_ids uuid[] NOT NULL,
      search_text text NOT NULL,
      deleted_at timestamptz NOT NULL DEFAULT now(),
      deleted_by text NOT NULL,
      reason text NOT NULL CONSTRAINT trashed_manifests_reason_ck CHECK (reason IN ('deleted', 'retention', 'expired'))
    )`);
  await runner.query(`ALTER TABLE trashed_manifests ALTER bytes SET STORAGE EXTERNAL`);
  await runner.query(`
    CREATE TABLE trashed_references (
      manifest_id bigint NOT NULL
        CONSTRAINT trashed_references_manifest_fk REFERENCES trashed_manifests ON DELETE CASCADE,
      position integer NOT NULL,
      kind text NOT NULL,
      digest text COLLATE "C" NOT NULL,
      media_type text NOT NULL,
      size_bytes bigint NOT NULL,
      blob_id bigint CONSTRAINT trashed_references_blob_fk REFERENCES blobs,
      CONSTRAINT trashed_references_pk PRIMARY KEY (manifest_id, position)
    )`);
  await runner.query(`
    CREATE TABLE trashed_tags (
      manifest_id bigint NOT NULL CONSTRAINT trashed_tags_manifest_fk REFERENCES trashed_manifests ON DELETE CASCADE,
      name text COLLATE "C" NOT NULL,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      pushed_by text NOT NULL,
      CONSTRAINT trashed_tags_pk PRIMARY KEY (manifest_id, name)
    )`);
  await runner.query(`
    CREATE INDEX trashed_references_blob_ix ON trashed_references (blob_id) WHERE blob_id IS NOT NULL`);
  await runner.query(`CREATE INDEX trashed_manifests_root_ix ON trashed_manifests (root_id)`);
  await runner.query(`CREATE INDEX trashed_manifests_digest_ix ON trashed_manifests (repository_id, digest)`);
  await runner.query(`
    CREATE INDEX trashed_manifests_list_ix ON trashed_manifests (repository_id, deleted_at, id) WHERE id = root_id`);
  await runner.query(
    `CREATE INDEX trashed_manifests_deleted_ix ON trashed_manifests (deleted_at) WHERE id = root_id`,
  );
}
