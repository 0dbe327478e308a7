import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What lists and pages show of manifests and tags, written when they are pushed, so that no page has to read blobs. */
export class DescribeContent1795451400000 implements MigrationInterface {
  name = 'DescribeContent1795451400000';

  async up(runner: QueryRunner): Promise<void> {
    await manifests(runner);
    await functions(runner);
    await tags(runner);
    await runner.query(`CREATE INDEX tag_history_repository_ix ON tag_history (repository_id, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP INDEX tag_history_repository_ix, tags_sort_key_ix, tags_updated_ix, tags_size_ix`,
    );
    await runner.query(`ALTER TABLE tags DROP sort_key, DROP is_referrer, DROP size_bytes, DROP pushed_by`);
    await runner.query(`DROP FUNCTION tag_sort_key(text), is_referrer_tag(text), padded_numbers(text)`);
    await runner.query(`DROP INDEX manifests_digest_ix, manifests_kind_ix, manifests_pushed_ix`);
    await runner.query(`
      ALTER TABLE manifests DROP artifact_kind, DROP total_bytes, DROP platforms, DROP config, DROP chain_id,
        DROP base_chain_ids, DROP search_text, DROP pushed_by`);
  }
}

async function manifests(runner: QueryRunner): Promise<void> {
  await runner.query(`
    ALTER TABLE manifests
      ADD artifact_kind text NOT NULL DEFAULT 'artifact'
        CONSTRAINT manifests_artifact_kind_ck CHECK (artifact_kind IN
          ('image', 'index', 'chart', 'wasm', 'signature', 'sbom', 'attestation', 'artifact')),
      ADD total_bytes bigint NOT NULL DEFAULT 0,
      ADD platforms text[] NOT NULL DEFAULT '{}',
      ADD config jsonb,
      ADD chain_id uuid,
      ADD base_chain_ids uuid[] NOT NULL DEFAULT '{}',
      ADD search_text text NOT NULL DEFAULT '',
      ADD pushed_by text NOT NULL DEFAULT ''`);
  await backfillManifests(runner);
  await runner.query(`ALTER TABLE manifests ALTER artifact_kind DROP DEFAULT`);
  await runner.query(`CREATE INDEX manifests_chain_ix ON manifests (chain_id) WHERE chain_id IS NOT NULL`);
  await runner.query(
    `CREATE INDEX manifests_base_chains_ix ON manifests USING gin (base_chain_ids) WHERE base_chain_ids <> '{}'`,
  );
  await runner.query(`CREATE INDEX manifests_kind_ix ON manifests (repository_id, artifact_kind)`);
  await runner.query(`CREATE INDEX manifests_pushed_ix ON manifests (repository_id, pushed_at, digest)`);
  await runner.query(`CREATE INDEX manifests_digest_ix ON manifests (digest)`);
}

/** As far as the database can tell of manifests that are there already; pushing one again tells the rest. */
async function backfillManifests(runner: QueryRunner): Promise<void> {
  await runner.query(`
    UPDATE manifests SET
      artifact_kind = CASE
        WHEN media_type LIKE '%.index.%' OR media_type LIKE '%.list.%' THEN 'index'
        WHEN artifact_type IN ('application/vnd.oci.image.config.v1+json', 'application/vnd.docker.container.image.v1+json')
          THEN 'image'
        WHEN artifact_type LIKE '%helm%' THEN 'chart'
        ELSE 'artifact' END,
      total_bytes = coalesce((
        SELECT sum(size_bytes) FROM manifest_references WHERE manifest_id = manifests.id AND kind <> 'manifest'), 0)`);
  await runner.query(`
    UPDATE manifests SET total_bytes = (
      SELECT coalesce(sum(child.total_bytes), 0) FROM manifest_references reference
      JOIN manifests child ON child.id = reference.child_id WHERE reference.manifest_id = manifests.id)
    WHERE artifact_kind = 'index'`);
  await runner.query(`
    UPDATE manifests SET platforms = ARRAY(
      SELECT DISTINCT concat_ws('/', platform->>'os', platform->>'architecture', nullif(platform->>'variant', ''))
      FROM jsonb_path_query(convert_from(bytes, 'UTF8')::jsonb, '$.manifests[*].platform') platform
      WHERE platform->>'os' NOT IN ('', 'unknown') AND platform->>'architecture' NOT IN ('', 'unknown') ORDER BY 1)
    WHERE artifact_kind = 'index' AND pg_input_is_valid(convert_from(bytes, 'UTF8'), 'jsonb')`);
}

/**
 * `tag_sort_key` orders tags as people count: 1.9 before 1.10, pre-releases before their release (semver.org, rule
 * 11), `v1.2` as 1.2, a shorter version before a longer one, what is no version before all versions, and `latest`
 * after them. Numbers are written with as many digits; "!" sorts below "-", and that below the dot of one more number.
 */
async function functions(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE FUNCTION padded_numbers(given text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN regexp_replace(regexp_replace(given, '([0-9]+)', repeat('0', 20) || '\\1', 'g'), '[0-9]*([0-9]{20})', '\\1', 'g')`);
  await runner.query(`
    CREATE FUNCTION tag_sort_key(tag text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE
      WHEN tag = 'latest' THEN '2'
      WHEN tag ~* '^v?[0-9]+([.][0-9]+)*([-_.].*|(a|b|c|rc|alpha|beta|dev|p|pre|post)[0-9]*([-_.].*)?)?$' THEN
        '1' || padded_numbers(substring(tag from '(?i)^v?([0-9]+(?:[.][0-9]+)*)'))
          || CASE WHEN tag ~* '^v?[0-9]+([.][0-9]+)*$' THEN '-'
             ELSE '!' || padded_numbers(lower(regexp_replace(tag, '(?i)^v?[0-9]+([.][0-9]+)*[-_.]?', ''))) END
      ELSE '0' || padded_numbers(lower(tag))
    END`);
  await runner.query(`
    CREATE FUNCTION is_referrer_tag(tag text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN tag ~ '^sha(256|512)-[0-9a-f]{64,128}([.].*)?$'`);
}

/** By these tags are listed; `is_referrer`: one by which clients attach things to a digest (spec, "Referrers Tag Schema"). */
async function tags(runner: QueryRunner): Promise<void> {
  await runner.query(`
    ALTER TABLE tags
      ADD size_bytes bigint NOT NULL DEFAULT 0,
      ADD pushed_by text NOT NULL DEFAULT '',
      ADD sort_key text COLLATE "C" NOT NULL GENERATED ALWAYS AS (tag_sort_key(name)) STORED,
      ADD is_referrer boolean NOT NULL GENERATED ALWAYS AS (is_referrer_tag(name)) STORED`);
  await runner.query(`
    UPDATE tags SET size_bytes = manifest.total_bytes FROM manifests manifest WHERE manifest.id = tags.manifest_id`);
  await runner.query(`CREATE INDEX tags_sort_key_ix ON tags (repository_id, sort_key, name)`);
  await runner.query(`CREATE INDEX tags_updated_ix ON tags (repository_id, updated_at, name)`);
  await runner.query(`CREATE INDEX tags_size_ix ON tags (repository_id, size_bytes, name)`);
}
