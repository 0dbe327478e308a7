import type { World } from '../support/world.js';

/** Pulls a day of the busiest repository, the last thirty days. */
const PULLS = [
  210, 240, 220, 300, 280, 120, 100, 340, 400, 380, 450, 410, 180, 140, 520, 500, 580, 610, 550, 220, 190,
  660, 700, 640, 740, 800, 310, 280, 840, 920,
];

/** How much of them each repository has, and how long ago it was pushed to. */
const REPOSITORIES: [name: string, share: number, hoursAgo: number][] = [
  ['platform/api-gateway', 1, 0.25],
  ['library/gateway-base', 0.25, 150],
  ['platform/gateway-chart', 0.07, 140],
  ['platform/billing', 0.4, 2],
  ['platform/worker', 0.3, 5],
  ['alice/gate-sim', 0.01, 700],
  ['alice/notebook', 0, 26],
];

const TAGS: [tag: string, share: number, hoursAgo: number][] = [
  ['2.7.4', 0.1, 700],
  ['2.8.0', 0.25, 640],
  ['2.8.1', 0.6, 480],
  ['2.10.0-rc.1', 0.01, 26],
  ['pr-1184', 0, 0.25],
];

/** Lets a month pass in a moment, which nothing but the database can do: pushes become older, pulls are counted. */
export async function letTimePass(world: World): Promise<void> {
  for (const [name, share, hoursAgo] of REPOSITORIES) {
    await world.sql(
      `INSERT INTO repository_pull_days (repository_id, day, pull_count)
       SELECT r.id, current_date - (cardinality($2::int[]) - p.number)::int, round(p.count * $3::float)
       FROM repositories r, unnest($2::int[]) WITH ORDINALITY p (count, number) WHERE r.name = $1
       ON CONFLICT (repository_id, day) DO UPDATE SET pull_count = excluded.pull_count`,
      [name, PULLS, share],
    );
    await world.sql(
      `UPDATE repository_summaries s SET pushed_at = now() - make_interval(secs => $2::float * 3600),
         active_at = now() - make_interval(secs => $2::float * 3600), pull_count = $3::bigint,
         last_pulled_at = CASE WHEN $3::bigint > 0 THEN now() - interval '2 minutes' END
       FROM repositories r WHERE r.id = s.repository_id AND r.name = $1`,
      [name, hoursAgo, Math.round(PULLS.reduce((sum, count) => sum + count, 0) * share)],
    );
    await world.sql(
      `UPDATE manifests m SET pushed_at = now() - make_interval(secs => $2::float * 3600)
       FROM repositories r WHERE r.id = m.repository_id AND r.name = $1`,
      [name, hoursAgo],
    );
  }
  for (const [tag, share, hoursAgo] of TAGS) {
    await world.sql(
      `UPDATE tags t SET updated_at = now() - make_interval(secs => $2::float * 3600)
       FROM repositories r, tags same
       WHERE r.name = 'platform/api-gateway' AND same.repository_id = r.id AND same.name = $1
         AND t.repository_id = r.id AND t.manifest_id = same.manifest_id`,
      [tag, hoursAgo],
    );
    await world.sql(
      `UPDATE manifests m SET pushed_at = now() - make_interval(secs => $2::float * 3600)
       FROM repositories r, tags t
       WHERE r.name = 'platform/api-gateway' AND t.repository_id = r.id AND t.name = $1 AND m.id = t.manifest_id`,
      [tag, hoursAgo],
    );
    if (share === 0) continue;
    await world.sql(
      `INSERT INTO tag_pull_days (repository_id, tag, day, pull_count)
       SELECT r.id, $1, current_date - (cardinality($2::int[]) - p.number)::int, round(p.count * $3::float)
       FROM repositories r, unnest($2::int[]) WITH ORDINALITY p (count, number)
       WHERE r.name = 'platform/api-gateway' AND current_date - (cardinality($2::int[]) - p.number)::int
         >= (now() - make_interval(secs => $4::float * 3600))::date
       ON CONFLICT (repository_id, tag, day) DO UPDATE SET pull_count = excluded.pull_count`,
      [tag, PULLS, share, hoursAgo],
    );
    await world.sql(
      `INSERT INTO tag_pulls (repository_id, tag, pull_count, last_pulled_at)
       SELECT repository_id, tag, sum(pull_count), now() - make_interval(secs => 60 / $2::float)
       FROM tag_pull_days JOIN repositories r ON r.id = repository_id
       WHERE r.name = 'platform/api-gateway' AND tag = $1 GROUP BY 1, 2
       ON CONFLICT (repository_id, tag) DO UPDATE SET pull_count = excluded.pull_count`,
      [tag, share],
    );
  }
}
