import type { RepositoryName } from '@berth/oci';
import { Inject, Injectable } from '@nestjs/common';
import type { AccessFacts } from '../access/access-facts.js';
import type { Requester } from '../access/credential.js';
import { ownRepositories } from '../access/own-repositories.js';
import { RepositoryViews, repositoryView } from '../access/repository-views.service.js';
import { VisibleLists, visibleList } from '../access/visible-lists.service.js';
import {
  type RepositorySummary,
  type SummaryRow,
  summaryColumns,
  summaryJoins,
  toSummary,
} from './repository-summary.js';

/** What the page of one repository shows. */
export interface RepositoryDetails extends RepositorySummary {
  /** Markdown. */
  readonly readme: string;
  readonly updatedAt: Date;
  /** The last thirty days (UTC), today last. */
  readonly pullsByDay: readonly { readonly day: string; readonly count: number }[];
  /** Of all that the repository links, each blob once. */
  readonly totalBytes: number;
}

/** A place in a list that the newest begins; microseconds, which Postgres has and JavaScript's dates have not. */
export interface ActivityKey {
  readonly activeAtMicros: string;
  readonly id: string;
}

const SHOWN_DAYS = 30;

const detailView = repositoryView(
  'repository-detail',
  (isShown) => `
    SELECT ${summaryColumns}, repository.readme, repository.updated_at,
      (SELECT json_agg(json_build_object('day', days.day, 'count', coalesce(pulls.pull_count, 0)) ORDER BY days.day)
       FROM (SELECT (now() AT TIME ZONE 'UTC')::date - ago AS day FROM generate_series(0, ${SHOWN_DAYS - 1}) ago) days
       LEFT JOIN repository_pull_days pulls ON pulls.repository_id = repository.id AND pulls.day = days.day
      ) AS pulls_by_day,
      (SELECT coalesce(sum(blob.size_bytes), 0) FROM repository_blobs link JOIN blobs blob ON blob.id = link.blob_id
       WHERE link.repository_id = repository.id)
      + (SELECT coalesce(sum(size_bytes), 0) FROM manifests WHERE repository_id = repository.id) AS total_bytes
    FROM repositories repository ${summaryJoins} WHERE ${isShown}`,
);

const byName = visibleList(
  'repository-list',
  (isVisible) => `
    SELECT ${summaryColumns} FROM (
      SELECT * FROM repositories repository WHERE ${isVisible} AND ($8::text IS NULL OR repository.name > $8)
      ORDER BY repository.name LIMIT $9
    ) repository ${summaryJoins}`,
  'found.name',
);

const own = visibleList(
  'repository-list-own',
  (isVisible) => `
    SELECT ${summaryColumns}, repository.id, repository.active_at_micros FROM (
      SELECT repository.*, micros.active_at_micros
      FROM repositories repository JOIN repository_summaries summary ON summary.repository_id = repository.id
      CROSS JOIN LATERAL (SELECT (extract(epoch FROM summary.active_at) * 1000000)::bigint AS active_at_micros) micros
      WHERE ${isVisible}
        AND ${ownRepositories}
        AND ($8::bigint IS NULL OR (micros.active_at_micros, repository.id) < ($8, $9::bigint))
      ORDER BY micros.active_at_micros DESC, repository.id DESC LIMIT $10
    ) repository ${summaryJoins}`,
  'found.active_at_micros DESC, found.id DESC',
);

@Injectable()
export class ShownRepositoryStore {
  constructor(
    @Inject(VisibleLists) private readonly lists: VisibleLists,
    @Inject(RepositoryViews) private readonly views: RepositoryViews,
  ) {}

  /** One round trip, whether or not there is such a repository. Throws what `authorizeApi` throws. */
  async find(
    requester: Requester,
    name: RepositoryName,
  ): Promise<{ facts: AccessFacts; repository?: RepositoryDetails }> {
    const { facts, rows } = await this.views.query<DetailRow>(requester, name, detailView);
    const [row] = rows;
    return { facts, repository: row && toDetails(row) };
  }

  /** Those that the requester may pull now, by full name, after `last`. One round trip. Throws `Unauthorized`. */
  async listByName(
    requester: Requester,
    page: { readonly last?: string; readonly limit: number },
  ): Promise<RepositorySummary[]> {
    const rows = await this.lists.query<FoundRow>(requester, byName, [page.last ?? null, page.limit]);
    return rows.flatMap((row) => (row.name === null ? [] : toSummary(row as SummaryRow)));
  }

  /** Those in the requester's namespaces and those granted to it, the last active first. One round trip. Throws `Unauthorized`. */
  async listOwn(
    requester: Requester,
    page: { readonly last?: ActivityKey; readonly limit: number },
  ): Promise<{ summary: RepositorySummary; key: ActivityKey }[]> {
    const values = [page.last?.activeAtMicros ?? null, page.last?.id ?? null, page.limit];
    const rows = await this.lists.query<FoundRow & { id: string; active_at_micros: string }>(
      requester,
      own,
      values,
    );
    return rows.flatMap((row) => {
      if (row.name === null) return [];
      const key = { activeAtMicros: row.active_at_micros, id: row.id };
      return { summary: toSummary(row as SummaryRow), key };
    });
  }
}

/** A list that found nothing answers one row of nulls. */
type FoundRow = Omit<SummaryRow, 'name'> & { readonly name: string | null };

interface DetailRow extends SummaryRow {
  readonly readme: string;
  readonly updated_at: Date;
  readonly pulls_by_day: { day: string; count: number }[];
  readonly total_bytes: string;
}

function toDetails(row: DetailRow): RepositoryDetails {
  return {
    ...toSummary(row),
    readme: row.readme,
    updatedAt: row.updated_at,
    pullsByDay: row.pulls_by_day,
    totalBytes: Number(row.total_bytes),
  };
}
