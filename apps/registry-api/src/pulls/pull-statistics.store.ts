import type { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import type { Requester } from '../access/credential.js';
import { RepositoryViews, repositoryView } from '../access/repository-views.service.js';
import { limits } from '../limits.js';

export interface PullStatistics {
  readonly pullCount: number;
  readonly lastPulledAt?: Date;
  /** Days (UTC), today last. */
  readonly days: readonly { readonly day: string; readonly count: number }[];
}

interface StatisticsRow {
  readonly pull_count: string;
  readonly last_pulled_at: Date | null;
  readonly days: { day: string; count: number }[];
}

const view = repositoryView(
  'pull-statistics',
  (isShown) => `
    SELECT coalesce(all_pulls.pull_count, 0) AS pull_count, all_pulls.last_pulled_at,
      (SELECT json_agg(json_build_object('day', days.day, 'count', coalesce(by_tag.pull_count, by_day.pull_count, 0))
         ORDER BY days.day)
       FROM (SELECT (now() AT TIME ZONE 'UTC')::date - ago AS day FROM generate_series(0, ${limits.pullDays - 1}) ago) days
       LEFT JOIN tag_pull_days by_tag
         ON by_tag.repository_id = repository.id AND by_tag.tag = $8 AND by_tag.day = days.day
       LEFT JOIN repository_pull_days by_day
         ON $8 IS NULL AND by_day.repository_id = repository.id AND by_day.day = days.day
      ) AS days
    FROM repositories repository
    LEFT JOIN LATERAL (
      SELECT pull_count, last_pulled_at FROM tag_pulls WHERE repository_id = repository.id AND tag = $8
      UNION ALL
      SELECT pull_count, last_pulled_at FROM repository_summaries WHERE repository_id = repository.id AND $8::text IS NULL
    ) all_pulls ON true
    WHERE ${isShown}`,
);

@Injectable()
export class PullStatisticsStore {
  constructor(@Inject(RepositoryViews) private readonly views: RepositoryViews) {}

  /** Of the repository, or of one tag: nothing counted when there never was such a tag. Throws what `authorizeApi` throws. */
  async find(requester: Requester, name: RepositoryName, tag?: string): Promise<PullStatistics> {
    const { rows } = await this.views.query<StatisticsRow>(requester, name, view, [tag ?? null]);
    const [row] = rows;
    if (!row) throw new Error('the view answered nothing of a repository that is shown');
    return {
      pullCount: Number(row.pull_count),
      lastPulledAt: row.last_pulled_at ?? undefined,
      days: row.days,
    };
  }
}
