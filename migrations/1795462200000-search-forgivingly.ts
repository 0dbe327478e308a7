import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the words of a search are looked up by, and in which order repositories are found. */
export class SearchForgivingly1795462200000 implements MigrationInterface {
  name = 'SearchForgivingly1795462200000';

  async up(runner: QueryRunner): Promise<void> {
    await queries(runner);
    await popularity(runner);
    await documents(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP INDEX repositories_search_ix, repositories_popularity_ix, repositories_private_ix`,
    );
    await runner.query(`
      ALTER TABLE repositories DROP search, DROP popularity,
        ADD search tsvector NOT NULL GENERATED ALWAYS AS (search_document(name, description, image_text, readme)) STORED`);
    await runner.query(`
      CREATE INDEX repositories_search_ix ON repositories USING gin (search, platforms, artifact_kinds)
        WITH (fastupdate = off)`);
    await runner.query(`DROP FUNCTION popularity(bigint, timestamptz), public_mark(text)`);
    await runner.query(`
      CREATE FUNCTION popularity(pull_count bigint, active_at timestamptz) RETURNS double precision
      LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      RETURN log(1 + pull_count::double precision) + extract(epoch FROM active_at)::double precision / (182 * 86400)`);
    await runner.query(`
      ALTER TABLE repository_summaries
        ADD popularity double precision NOT NULL GENERATED ALWAYS AS (popularity(pull_count, active_at)) STORED`);
    await runner.query(
      `CREATE INDEX repository_summaries_popularity_ix ON repository_summaries (popularity, repository_id)`,
    );
    await runner.query(`
      DROP FUNCTION forgiving_query(text[]), similar_words(text), beginning_query(text[]), beginning(text), search_query(text[]),
        search_parts(text[])`);
  }
}

/**
 * `search_query`: documents with every word; null when nothing is left of the words. `beginning_query`: with words that
 * begin so, from three letters on. `forgiving_query`: also with words that a mistyped one may have been meant to be.
 */
async function queries(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE FUNCTION search_parts(words text[]) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ARRAY(
      SELECT DISTINCT part FROM unnest(words) word, unnest(string_to_array(searchable(word), ' ')) part WHERE part <> '')`);
  await runner.query(`
    CREATE FUNCTION search_query(words text[]) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT to_tsquery('simple'::regconfig, string_agg(quote_literal(part), ' & ')) FROM unnest(search_parts(words)) part)`);
  await runner.query(`
    CREATE FUNCTION beginning(part text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN quote_literal(part) || CASE WHEN length(part) >= 3 THEN ':*' ELSE '' END`);
  await runner.query(`
    CREATE FUNCTION beginning_query(words text[]) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT to_tsquery('simple'::regconfig, string_agg(beginning(part), ' & ')) FROM unnest(search_parts(words)) part)`);
  await runner.query(`
    CREATE FUNCTION similar_words(part text) RETURNS text[] LANGUAGE sql STABLE STRICT PARALLEL SAFE
    SET pg_trgm.similarity_threshold = '0.2'
    BEGIN ATOMIC
      SELECT ARRAY(
        SELECT word FROM search_words
        WHERE length(part) BETWEEN 4 AND 30 AND word % part
          AND levenshtein_less_equal(word, part, 2) <= CASE WHEN length(part) < 5 THEN 1 ELSE 2 END
        ORDER BY levenshtein_less_equal(word, part, 2), word LIMIT 50);
    END`);
  await runner.query(`
    CREATE FUNCTION forgiving_query(words text[]) RETURNS tsquery LANGUAGE sql STABLE STRICT PARALLEL SAFE
    RETURN (
      SELECT to_tsquery('simple'::regconfig, string_agg('(' || array_to_string(
        ARRAY[beginning(part)] || ARRAY(SELECT quote_literal(word) FROM unnest(similar_words(part)) word), ' | ') || ')', ' & '))
      FROM unnest(search_parts(words)) part)`);
}

/**
 * Half a year newer is worth ten times the pulls. In steps, so that what lies beside the document changes seldom: a
 * document is written anew with everything that lies beside it. Comparable at any time: nothing has to age.
 */
async function popularity(runner: QueryRunner): Promise<void> {
  await runner.query(`ALTER TABLE repository_summaries DROP popularity`);
  await runner.query(`DROP FUNCTION popularity(bigint, timestamptz)`);
  await runner.query(`
    CREATE FUNCTION popularity(pull_count bigint, active_at timestamptz) RETURNS real
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN round((log(1 + pull_count::double precision) + extract(epoch FROM active_at)::double precision / (182 * 86400)) * 4) / 4`);
  await runner.query(`ALTER TABLE repositories ADD popularity real NOT NULL DEFAULT popularity(0, now())`);
  await runner.query(`
    UPDATE repositories SET popularity = popularity(summary.pull_count, summary.active_at)
    FROM repository_summaries summary WHERE summary.repository_id = repositories.id`);
  await runner.query(`CREATE INDEX repositories_popularity_ix ON repositories (popularity, id)`);
  await runner.query(
    `CREATE INDEX repositories_private_ix ON repositories (name) WHERE visibility = 'private'`,
  );
}

/** Documents of public repositories have a mark, so that the index answers what anonymous people search for. */
async function documents(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE FUNCTION public_mark(visibility text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE visibility WHEN 'public' THEN '''=public'''::tsvector ELSE ''::tsvector END`);
  await runner.query(`
    ALTER TABLE repositories DROP search,
      ADD search tsvector NOT NULL GENERATED ALWAYS AS (
        search_document(name, description, image_text, readme) || public_mark(visibility)) STORED`);
  await runner.query(`
    CREATE INDEX repositories_search_ix ON repositories USING gin (search, platforms, artifact_kinds)
      WITH (fastupdate = off)`);
}
