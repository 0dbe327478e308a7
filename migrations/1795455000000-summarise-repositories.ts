import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What lists of repositories and searches show and look through. What changes with every push or pull lies in a
 * table of its own, so that those do not write the search index anew.
 */
export class SummariseRepositories1795455000000 implements MigrationInterface {
  name = 'SummariseRepositories1795455000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE EXTENSION IF NOT EXISTS unaccent`);
    await runner.query(`CREATE EXTENSION IF NOT EXISTS fuzzystrmatch`);
    await summaries(runner);
    await documents(runner);
    await words(runner);
    await stars(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE stars, search_words`);
    await runner.query(`DROP INDEX repositories_search_ix`);
    await runner.query(`
      ALTER TABLE repositories DROP search, DROP last_component, DROP image_text, DROP artifact_kinds, DROP platforms,
        ADD star_count integer NOT NULL DEFAULT 0, ADD pushed_at timestamptz`);
    await runner.query(`
      CREATE INDEX repositories_search_ix ON repositories USING gin ((name || ' ' || description) gin_trgm_ops)`);
    await runner.query(`
      UPDATE repositories SET pushed_at = summary.pushed_at FROM repository_summaries summary
      WHERE summary.repository_id = repositories.id`);
    await runner.query(`DROP FUNCTION search_document(text, text, text, text), searchable(text)`);
    await runner.query(`DROP TABLE repository_summaries`);
    await runner.query(`DROP FUNCTION popularity(bigint, timestamptz)`);
  }
}

/** `popularity`: half a year newer is worth ten times the pulls; comparable at any time, so that nothing has to age. */
async function summaries(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE FUNCTION popularity(pull_count bigint, active_at timestamptz) RETURNS double precision
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN log(1 + pull_count::double precision) + extract(epoch FROM active_at)::double precision / (182 * 86400)`);
  await runner.query(`
    CREATE TABLE repository_summaries (
      repository_id bigint CONSTRAINT repository_summaries_pk PRIMARY KEY
        CONSTRAINT repository_summaries_repository_fk REFERENCES repositories ON DELETE CASCADE,
      tag_count integer NOT NULL DEFAULT 0,
      pull_count bigint NOT NULL DEFAULT 0,
      pushed_at timestamptz,
      last_pulled_at timestamptz,
      active_at timestamptz NOT NULL DEFAULT now(),
      popularity double precision NOT NULL GENERATED ALWAYS AS (popularity(pull_count, active_at)) STORED
    )`);
  await runner.query(`
    INSERT INTO repository_summaries (repository_id, tag_count, pushed_at, active_at)
    SELECT id, (SELECT count(*) FROM tags WHERE repository_id = repositories.id AND NOT is_referrer), pushed_at,
      coalesce(pushed_at, created_at)
    FROM repositories`);
  for (const column of ['popularity', 'active_at', 'pull_count']) {
    await runner.query(
      `CREATE INDEX repository_summaries_${column}_ix ON repository_summaries (${column}, repository_id)`,
    );
  }
}

/** `searchable` cuts words at everything ASCII that is neither letter nor digit; what is beyond is for the parser. */
async function documents(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE FUNCTION searchable(given text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN lower(regexp_replace(unaccent('unaccent'::regdictionary, given), '[\\x01-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\x7f]+', ' ', 'g'))`);
  await runner.query(`
    CREATE FUNCTION search_document(name text, description text, image_text text, readme text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN setweight(to_tsvector('simple'::regconfig, searchable(name)), 'A')
      || setweight(to_tsvector('simple'::regconfig, searchable(description)), 'B')
      || setweight(to_tsvector('simple'::regconfig, searchable(image_text)), 'C')
      || setweight(to_tsvector('simple'::regconfig, searchable(left(readme, 100000))), 'D')`);
  await runner.query(`DROP INDEX repositories_search_ix`);
  await runner.query(`
    ALTER TABLE repositories DROP star_count, DROP pushed_at,
      ADD platforms text[] NOT NULL DEFAULT '{}',
      ADD artifact_kinds text[] NOT NULL DEFAULT '{}',
      ADD image_text text NOT NULL DEFAULT '',
      ADD last_component text COLLATE "C" NOT NULL GENERATED ALWAYS AS (regexp_replace(name, '^.*/', '')) STORED,
      ADD search tsvector NOT NULL GENERATED ALWAYS AS (search_document(name, description, image_text, readme)) STORED`);
  await runner.query(`
    UPDATE repositories SET
      platforms = ARRAY(
        SELECT DISTINCT platform FROM tags tag JOIN manifests manifest ON manifest.id = tag.manifest_id
        CROSS JOIN unnest(manifest.platforms) platform WHERE tag.repository_id = repositories.id ORDER BY 1),
      artifact_kinds = ARRAY(
        SELECT DISTINCT artifact_kind FROM manifests
        WHERE repository_id = repositories.id AND artifact_kind <> 'index' ORDER BY 1)`);
  await runner.query(`CREATE INDEX repositories_last_component_ix ON repositories (last_component)`);
  await runner.query(`CREATE INDEX repositories_name_ix ON repositories USING gin (name gin_trgm_ops)`);
  await runner.query(`
    CREATE INDEX repositories_search_ix ON repositories USING gin (search, platforms, artifact_kinds)
      WITH (fastupdate = off)`);
  await runner.query(`CREATE INDEX tags_lower_name_ix ON tags (lower(name), repository_id)`);
}

/** Every word of every document, to find what a mistyped one was meant to be. */
async function words(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE search_words (word text COLLATE "C" CONSTRAINT search_words_pk PRIMARY KEY)`);
  await runner.query(`
    INSERT INTO search_words
    SELECT DISTINCT word FROM repositories, unnest(tsvector_to_array(search)) word WHERE word ~ '^[a-z][a-z0-9]{2,29}$'`);
  await runner.query(`CREATE INDEX search_words_ix ON search_words USING gin (word gin_trgm_ops)`);
}

async function stars(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE stars (
      repository_id bigint NOT NULL CONSTRAINT stars_repository_fk REFERENCES repositories ON DELETE CASCADE,
      user_id bigint NOT NULL CONSTRAINT stars_user_fk REFERENCES users ON DELETE CASCADE,
      created_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT stars_pk PRIMARY KEY (repository_id, user_id)
    )`);
  await runner.query(`CREATE INDEX stars_user_ix ON stars (user_id)`);
}
