import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who, what and where: accounts, namespaces, repositories, blobs, manifests, tags, uploads, signing keys.
 * Names and tags are compared by bytes (`COLLATE "C"`), as the distribution spec lists them.
 */
export class CreateCore1795430400000 implements MigrationInterface {
  name = 'CreateCore1795430400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE EXTENSION IF NOT EXISTS pg_trgm`);
    await runner.query(`CREATE TYPE role AS ENUM ('reader', 'writer', 'maintainer', 'owner')`);
    await accounts(runner);
    await repositories(runner);
    await content(runner);
    await operations(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE signing_keys, uploads, tag_history, tags, manifest_references, manifests,
        repository_blobs, blobs, repositories, namespace_members, users, namespaces`);
    await runner.query(`DROP TYPE role`);
  }
}

async function accounts(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE namespaces (
      id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT namespaces_pk PRIMARY KEY,
      name text COLLATE "C" NOT NULL CONSTRAINT namespaces_name_uq UNIQUE,
      kind text NOT NULL CONSTRAINT namespaces_kind_ck CHECK (kind IN ('user', 'organization', 'instance')),
      description text NOT NULL DEFAULT '',
      created_at timestamptz NOT NULL DEFAULT now(),
      deleted_at timestamptz
    )`);
  await runner.query(`INSERT INTO namespaces (name, kind) VALUES ('library', 'instance')`);
  await runner.query(`
    CREATE TABLE users (
      id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT users_pk PRIMARY KEY,
      username text COLLATE "C" NOT NULL CONSTRAINT users_username_uq UNIQUE,
      namespace_id bigint NOT NULL CONSTRAINT users_namespace_fk REFERENCES namespaces,
      email text,
      password_hash text,
      is_admin boolean NOT NULL DEFAULT false,
      credentials_version integer NOT NULL DEFAULT 1,
      disabled_at timestamptz,
      last_sign_in_at timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT users_namespace_uq UNIQUE (namespace_id)
    )`);
  await runner.query(`CREATE UNIQUE INDEX users_email_uq ON users (lower(email))`);
  await runner.query(`
    CREATE TABLE namespace_members (
      namespace_id bigint NOT NULL CONSTRAINT namespace_members_namespace_fk REFERENCES namespaces ON DELETE CASCADE,
      user_id bigint NOT NULL CONSTRAINT namespace_members_user_fk REFERENCES users ON DELETE CASCADE,
      role role NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT namespace_members_pk PRIMARY KEY (namespace_id, user_id)
    )`);
  await runner.query(`CREATE INDEX namespace_members_user_ix ON namespace_members (user_id)`);
}

async function repositories(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE repositories (
      id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT repositories_pk PRIMARY KEY,
      namespace_id bigint NOT NULL CONSTRAINT repositories_namespace_fk REFERENCES namespaces,
      name text COLLATE "C" NOT NULL CONSTRAINT repositories_name_uq UNIQUE,
      visibility text NOT NULL CONSTRAINT repositories_visibility_ck CHECK (visibility IN ('public', 'private')),
      description text NOT NULL DEFAULT '',
      readme text NOT NULL DEFAULT '',
      star_count integer NOT NULL DEFAULT 0,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      pushed_at timestamptz
    )`);
  await runner.query(`CREATE INDEX repositories_namespace_ix ON repositories (namespace_id)`);
  await runner.query(
    `CREATE INDEX repositories_public_ix ON repositories (name) WHERE visibility = 'public'`,
  );
  await runner.query(
    `CREATE INDEX repositories_search_ix ON repositories USING gin ((name || ' ' || description) gin_trgm_ops)`,
  );
}

async function content(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE blobs (
      id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT blobs_pk PRIMARY KEY,
      digest text COLLATE "C" NOT NULL CONSTRAINT blobs_digest_uq UNIQUE,
      size_bytes bigint NOT NULL CONSTRAINT blobs_size_ck CHECK (size_bytes >= 0),
      storage_key text COLLATE "C" NOT NULL CONSTRAINT blobs_storage_key_uq UNIQUE,
      created_at timestamptz NOT NULL DEFAULT now(),
      touched_at timestamptz NOT NULL DEFAULT now(),
      damaged_at timestamptz
    )`);
  await runner.query(`
    CREATE TABLE repository_blobs (
      repository_id bigint NOT NULL CONSTRAINT repository_blobs_repository_fk REFERENCES repositories ON DELETE CASCADE,
      blob_id bigint NOT NULL CONSTRAINT repository_blobs_blob_fk REFERENCES blobs,
      linked_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT repository_blobs_pk PRIMARY KEY (repository_id, blob_id)
    )`);
  await runner.query(`CREATE INDEX repository_blobs_blob_ix ON repository_blobs (blob_id, repository_id)`);
  await runner.query(`
    CREATE TABLE manifests (
      id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT manifests_pk PRIMARY KEY,
      repository_id bigint NOT NULL CONSTRAINT manifests_repository_fk REFERENCES repositories ON DELETE CASCADE,
      digest text COLLATE "C" NOT NULL,
      media_type text NOT NULL,
      artifact_type text,
      subject_digest text COLLATE "C",
      annotations jsonb NOT NULL DEFAULT '{}',
      size_bytes integer NOT NULL,
      bytes bytea NOT NULL,
      pushed_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT manifests_repository_digest_uq UNIQUE (repository_id, digest)
    )`);
  await runner.query(`ALTER TABLE manifests ALTER bytes SET STORAGE EXTERNAL`);
  await runner.query(`
    CREATE INDEX manifests_subject_ix ON manifests (repository_id, subject_digest, digest)
      WHERE subject_digest IS NOT NULL`);
  await runner.query(`
    CREATE TABLE manifest_references (
      manifest_id bigint NOT NULL CONSTRAINT manifest_references_manifest_fk REFERENCES manifests ON DELETE CASCADE,
      position integer NOT NULL,
      kind text NOT NULL CONSTRAINT manifest_references_kind_ck CHECK (kind IN ('config', 'layer', 'manifest')),
      digest text COLLATE "C" NOT NULL,
      media_type text NOT NULL,
      size_bytes bigint NOT NULL,
      blob_id bigint CONSTRAINT manifest_references_blob_fk REFERENCES blobs,
      child_id bigint CONSTRAINT manifest_references_child_fk REFERENCES manifests,
      CONSTRAINT manifest_references_pk PRIMARY KEY (manifest_id, position)
    )`);
  await runner.query(
    `CREATE INDEX manifest_references_blob_ix ON manifest_references (blob_id) WHERE blob_id IS NOT NULL`,
  );
  await runner.query(
    `CREATE INDEX manifest_references_child_ix ON manifest_references (child_id) WHERE child_id IS NOT NULL`,
  );
  await runner.query(`
    CREATE TABLE tags (
      repository_id bigint NOT NULL CONSTRAINT tags_repository_fk REFERENCES repositories ON DELETE CASCADE,
      name text COLLATE "C" NOT NULL,
      manifest_id bigint NOT NULL CONSTRAINT tags_manifest_fk REFERENCES manifests,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT tags_pk PRIMARY KEY (repository_id, name)
    )`);
  await runner.query(`CREATE INDEX tags_manifest_ix ON tags (manifest_id)`);
  await runner.query(`
    CREATE TABLE tag_history (
      id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT tag_history_pk PRIMARY KEY,
      repository_id bigint NOT NULL CONSTRAINT tag_history_repository_fk REFERENCES repositories ON DELETE CASCADE,
      tag text COLLATE "C" NOT NULL,
      from_digest text COLLATE "C",
      to_digest text COLLATE "C",
      moved_at timestamptz NOT NULL DEFAULT now(),
      moved_by text NOT NULL,
      credential text NOT NULL
    )`);
  await runner.query(`CREATE INDEX tag_history_tag_ix ON tag_history (repository_id, tag, id)`);
}

async function operations(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE uploads (
      id uuid CONSTRAINT uploads_pk PRIMARY KEY,
      repository_id bigint NOT NULL CONSTRAINT uploads_repository_fk REFERENCES repositories ON DELETE CASCADE,
      principal text NOT NULL,
      algorithm text NOT NULL CONSTRAINT uploads_algorithm_ck CHECK (algorithm IN ('sha256', 'sha512')),
      offset_bytes bigint NOT NULL DEFAULT 0,
      storage_state jsonb NOT NULL,
      digest_so_far text COLLATE "C",
      writer uuid,
      writer_until timestamptz,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now()
    )`);
  await runner.query(`CREATE INDEX uploads_updated_ix ON uploads (updated_at)`);
  await runner.query(`CREATE INDEX uploads_repository_ix ON uploads (repository_id)`);
  await runner.query(`
    CREATE TABLE signing_keys (
      kid text CONSTRAINT signing_keys_pk PRIMARY KEY,
      private_jwk jsonb NOT NULL,
      public_jwk jsonb NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      retired_at timestamptz
    )`);
}
