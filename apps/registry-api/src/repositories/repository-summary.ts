import { RepositoryName } from '@berth/oci';
import type { ArtifactKind } from '../manifests/artifact-kind.js';

export type Visibility = 'public' | 'private';

/** What lists show of a repository. */
export interface RepositorySummary {
  readonly name: RepositoryName;
  readonly visibility: Visibility;
  readonly description: string;
  readonly starCount: number;
  /** By the requester. */
  readonly isStarred: boolean;
  readonly pullCount: number;
  readonly lastPulledAt?: Date;
  /** Of the latest image. */
  readonly platforms: readonly string[];
  readonly artifactKinds: readonly Exclude<ArtifactKind, 'index'>[];
  /** The tag `latest`, or the one that was pushed last. */
  readonly latestTag?: string;
  /** Of the latest tag, as it is transferred, all platforms together. */
  readonly sizeBytes?: number;
  readonly tagCount: number;
  /** The last push of a manifest. */
  readonly pushedAt?: Date;
  readonly createdAt: Date;
}

/** The latest tag of the repository with the given id, in a row or none: `name`, `manifest_id`, `size_bytes`. */
export function latestTagOf(repositoryId: string): string {
  return `(
    SELECT candidate.* FROM (
      (SELECT 1 AS rank, name, manifest_id, size_bytes FROM tags
       WHERE repository_id = ${repositoryId} AND name = 'latest')
      UNION ALL
      (SELECT 2, name, manifest_id, size_bytes FROM tags
       WHERE repository_id = ${repositoryId} AND NOT is_referrer ORDER BY updated_at DESC, name DESC LIMIT 1)
    ) candidate ORDER BY rank LIMIT 1
  )`;
}

/** Columns of `SummaryRow` of `repositories repository`, with `summaryJoins`; `p` is who asks. */
export const summaryColumns = `
  repository.name, repository.visibility, repository.description, repository.platforms, repository.artifact_kinds,
  repository.created_at, summary.pushed_at, coalesce(summary.tag_count, 0) AS tag_count,
  coalesce(summary.pull_count, 0) AS pull_count, summary.last_pulled_at, latest.name AS latest_tag, latest.size_bytes,
  (SELECT count(*)::int FROM stars WHERE stars.repository_id = repository.id) AS star_count,
  EXISTS (SELECT FROM stars WHERE stars.repository_id = repository.id AND stars.user_id = p.user_id) AS is_starred`;

export const summaryJoins = `
  LEFT JOIN repository_summaries summary ON summary.repository_id = repository.id
  LEFT JOIN LATERAL ${latestTagOf('repository.id')} latest ON true`;

export interface SummaryRow {
  readonly name: string;
  readonly visibility: Visibility;
  readonly description: string;
  readonly platforms: string[];
  readonly artifact_kinds: Exclude<ArtifactKind, 'index'>[];
  readonly created_at: Date;
  readonly pushed_at: Date | null;
  readonly tag_count: number;
  readonly pull_count: string;
  readonly last_pulled_at: Date | null;
  readonly latest_tag: string | null;
  readonly size_bytes: string | null;
  readonly star_count: number;
  readonly is_starred: boolean;
}

export function toSummary(row: SummaryRow): RepositorySummary {
  return {
    name: RepositoryName.parse(row.name),
    visibility: row.visibility,
    description: row.description,
    starCount: row.star_count,
    isStarred: row.is_starred,
    pullCount: Number(row.pull_count),
    lastPulledAt: row.last_pulled_at ?? undefined,
    platforms: row.platforms,
    artifactKinds: row.artifact_kinds,
    latestTag: row.latest_tag ?? undefined,
    sizeBytes: row.size_bytes === null ? undefined : Number(row.size_bytes),
    tagCount: row.tag_count,
    pushedAt: row.pushed_at ?? undefined,
    createdAt: row.created_at,
  };
}
