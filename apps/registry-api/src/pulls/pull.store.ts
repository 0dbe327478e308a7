import { Inject, Injectable } from '@nestjs/common';
import { Database, IN_BACKGROUND } from '../database/database.js';
import { limits } from '../limits.js';

/** Pulls of one tag, or of one digest by one client, on one day. */
export interface CountedPulls {
  readonly repositoryId: string;
  readonly tag?: string;
  readonly manifestId?: string;
  readonly client?: string;
  /** Days since 1970 (UTC). */
  readonly day: number;
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly lastAt: number;
}

/** That a client fetched an index, whose children it will fetch next. */
export interface IndexPull {
  readonly manifestId: string;
  readonly client: string;
  readonly at: number;
}

/**
 * `free`: the repositories that nobody pushes to, counts pulls of or deletes at the moment. The others are passed over
 * rather than waited for: a push waits for this statement at most, never for what it waits for, and two processes
 * that count pulls of the same repositories cannot wait for each other.
 */
const recordSql = `${IN_BACKGROUND}
  WITH pulled AS MATERIALIZED (
    SELECT repository_id, tag, manifest_id, hashtextextended(client, 0) AS client,
      date '1970-01-01' + day AS day, count, at
    FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::int[], $6::int[], $7::timestamptz[])
      AS p(repository_id, tag, manifest_id, client, day, count, at)
  ), fetched_indexes AS MATERIALIZED (
    SELECT manifest_id, hashtextextended(client, 0) AS client, max(at) AS at
    FROM unnest($8::bigint[], $9::text[], $10::timestamptz[]) AS i(manifest_id, client, at) GROUP BY 1, 2
  ), noted AS (
    INSERT INTO index_pulls (manifest_id, client, pulled_at)
    SELECT manifest_id, client, at FROM fetched_indexes ORDER BY 1, 2
    ON CONFLICT (manifest_id, client) DO UPDATE SET pulled_at = greatest(index_pulls.pulled_at, excluded.pulled_at)
  ), free AS MATERIALIZED (
    SELECT summary.repository_id FROM repository_summaries summary
    JOIN repositories repository ON repository.id = summary.repository_id
    WHERE summary.repository_id IN (SELECT repository_id FROM pulled) ORDER BY summary.repository_id
    FOR NO KEY UPDATE OF summary SKIP LOCKED FOR KEY SHARE OF repository SKIP LOCKED
  ), counted AS MATERIALIZED (
    SELECT pulled.* FROM pulled JOIN free USING (repository_id)
    WHERE tag IS NOT NULL OR NOT EXISTS (
      SELECT FROM manifest_references parent
      JOIN (SELECT manifest_id, client, at FROM fetched_indexes UNION ALL
        SELECT manifest_id, client, pulled_at FROM index_pulls) fetched
        ON fetched.manifest_id = parent.manifest_id AND fetched.client = pulled.client
      WHERE parent.child_id = pulled.manifest_id AND fetched.at > pulled.at - interval '1 hour')
  ), of_tags AS MATERIALIZED (
    SELECT repository_id, tag, day, count, at FROM counted WHERE tag IS NOT NULL
    UNION ALL
    SELECT counted.repository_id, on_it.name, day, count, at FROM counted
    JOIN tags on_it ON on_it.manifest_id = counted.manifest_id AND on_it.repository_id = counted.repository_id
    WHERE counted.tag IS NULL
  ), by_tag AS (
    INSERT INTO tag_pulls AS t (repository_id, tag, pull_count, last_pulled_at)
    SELECT repository_id, tag, sum(count), max(at) FROM of_tags GROUP BY 1, 2
    ON CONFLICT (repository_id, tag) DO UPDATE SET pull_count = t.pull_count + excluded.pull_count,
      last_pulled_at = greatest(t.last_pulled_at, excluded.last_pulled_at)
  ), by_tag_and_day AS (
    INSERT INTO tag_pull_days AS t (repository_id, tag, day, pull_count)
    SELECT repository_id, tag, day, sum(count) FROM of_tags GROUP BY 1, 2, 3
    ON CONFLICT (repository_id, tag, day) DO UPDATE SET pull_count = t.pull_count + excluded.pull_count
  ), by_day AS (
    INSERT INTO repository_pull_days AS r (repository_id, day, pull_count)
    SELECT repository_id, day, sum(count) FROM counted GROUP BY 1, 2
    ON CONFLICT (repository_id, day) DO UPDATE SET pull_count = r.pull_count + excluded.pull_count
  ), total AS (
    UPDATE repository_summaries summary SET pull_count = summary.pull_count + pulls.count,
      last_pulled_at = greatest(summary.last_pulled_at, pulls.at)
    FROM (SELECT repository_id, sum(count) AS count, max(at) AS at FROM counted GROUP BY 1) pulls
    WHERE summary.repository_id = pulls.repository_id
    RETURNING summary.repository_id, popularity(summary.pull_count, summary.active_at) AS popularity
  ), risen AS MATERIALIZED (
    SELECT repository.id, total.popularity FROM repositories repository JOIN total ON total.repository_id = repository.id
    WHERE repository.popularity <> total.popularity ORDER BY repository.id FOR NO KEY UPDATE OF repository SKIP LOCKED
  ), shown AS (
    UPDATE repositories repository SET popularity = risen.popularity FROM risen WHERE repository.id = risen.id
  )
  SELECT repository_id FROM repository_summaries
  WHERE repository_id IN (SELECT repository_id FROM pulled) AND repository_id NOT IN (SELECT repository_id FROM free)`;

@Injectable()
export class PullStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * One statement for however many. Pulls by digest that are a child's, fetched after its index by the same client, are
   * not counted, nor those of repositories that have gone. Answers the repositories that were busy: of these nothing is
   * written, try again.
   */
  async record(pulls: readonly CountedPulls[], indexes: readonly IndexPull[]): Promise<Set<string>> {
    const rows = await this.database.query<{ repository_id: string }>(recordSql, [
      pulls.map(({ repositoryId }) => repositoryId),
      pulls.map(({ tag }) => tag ?? null),
      pulls.map(({ manifestId }) => manifestId ?? null),
      pulls.map(({ client }) => client ?? null),
      pulls.map(({ day }) => day),
      pulls.map(({ count }) => count),
      pulls.map(({ lastAt }) => new Date(lastAt)),
      indexes.map(({ manifestId }) => manifestId),
      indexes.map(({ client }) => client),
      indexes.map(({ at }) => new Date(at)),
    ]);
    return new Set(rows.map(({ repository_id }) => repository_id));
  }

  /** Removes days that nothing shows any more, and what is left of repositories that have gone; answers how many. */
  async removeOld(): Promise<number> {
    const [row] = await this.database.query<{ removed: number }>(
      `${IN_BACKGROUND}
       WITH tags AS (DELETE FROM tag_pull_days WHERE day <= (now() AT TIME ZONE 'UTC')::date - $1::int RETURNING 1),
         repositories AS (
           DELETE FROM repository_pull_days WHERE day <= (now() AT TIME ZONE 'UTC')::date - $1::int RETURNING 1
         ),
         indexes AS (DELETE FROM index_pulls WHERE pulled_at < now() - interval '1 hour')
       SELECT ((SELECT count(*) FROM tags) + (SELECT count(*) FROM repositories))::int AS removed`,
      [limits.pullDays],
    );
    return row?.removed ?? 0;
  }
}
