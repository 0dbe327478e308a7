import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rules for tags, of a repository or of all in a namespace: which cannot change, which end, and which are kept. */
export class RuleLifecycles1795667400000 implements MigrationInterface {
  name = 'RuleLifecycles1795667400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE lifecycle_rules (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT lifecycle_rules_pk PRIMARY KEY,
        repository_id bigint CONSTRAINT lifecycle_rules_repository_fk REFERENCES repositories ON DELETE CASCADE,
        namespace_id bigint CONSTRAINT lifecycle_rules_namespace_fk REFERENCES namespaces ON DELETE CASCADE,
        immutable_tags text[] NOT NULL DEFAULT '{}',
        immutable_like text[] NOT NULL DEFAULT '{}',
        immutable_unlike text[] NOT NULL DEFAULT '{}',
        expiring_tags text[] NOT NULL DEFAULT '{}',
        expiring_like text[] NOT NULL DEFAULT '{}',
        expiring_unlike text[] NOT NULL DEFAULT '{}',
        expires_after text,
        expires_after_seconds integer,
        retention jsonb,
        retention_run_at timestamptz,
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT lifecycle_rules_of_ck CHECK (num_nonnulls(repository_id, namespace_id) = 1)
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX lifecycle_rules_repository_uq ON lifecycle_rules (repository_id) WHERE repository_id IS NOT NULL`,
    );
    await runner.query(
      `CREATE UNIQUE INDEX lifecycle_rules_namespace_uq ON lifecycle_rules (namespace_id) WHERE namespace_id IS NOT NULL`,
    );
    await runner.query(`ALTER TABLE manifests ADD expires_after_seconds integer`);
    await runner.query(`ALTER TABLE trashed_manifests ADD expires_after_seconds integer`);
    await runner.query(`ALTER TABLE tags ADD expires_at timestamptz, ADD restored_at timestamptz`);
    await runner.query(`CREATE INDEX tags_expires_ix ON tags (expires_at) WHERE expires_at IS NOT NULL`);
    await functions(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP FUNCTION tag_expiry(bigint, text, timestamptz, timestamptz), is_tag_immutable(bigint, text)`,
    );
    await runner.query(`ALTER TABLE tags DROP expires_at, DROP restored_at`);
    await runner.query(`ALTER TABLE trashed_manifests DROP expires_after_seconds`);
    await runner.query(`ALTER TABLE manifests DROP expires_after_seconds`);
    await runner.query(`DROP TABLE lifecycle_rules`);
  }
}

/**
 * `is_tag_immutable`: whether a tag, once set, stays; what attaches things to a digest never does. `tag_expiry`: when a
 * tag ends, by its image (`expires_at`) or by a rule; what is immutable never does.
 */
async function functions(runner: QueryRunner): Promise<void> {
  const applies = `(rules.repository_id = repository OR rules.namespace_id = (SELECT namespace_id FROM repositories WHERE id = repository))`;
  await runner.query(`
    CREATE FUNCTION is_tag_immutable(repository bigint, tag text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN NOT is_referrer_tag(tag) AND EXISTS (
      SELECT FROM lifecycle_rules rules
      WHERE ${applies} AND tag LIKE ANY (rules.immutable_like) AND NOT tag LIKE ANY (rules.immutable_unlike))`);
  await runner.query(`
    CREATE FUNCTION tag_expiry(repository bigint, tag text, held_since timestamptz, expires_at timestamptz)
    RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
    RETURN CASE WHEN is_referrer_tag(tag) OR is_tag_immutable(repository, tag) THEN NULL ELSE least(expires_at, (
      SELECT min(held_since + make_interval(secs => rules.expires_after_seconds)) FROM lifecycle_rules rules
      WHERE ${applies} AND rules.expires_after_seconds IS NOT NULL
        AND tag LIKE ANY (rules.expiring_like) AND NOT tag LIKE ANY (rules.expiring_unlike))) END`);
}
