import type { ListPage } from '../http/cursor-page.js';
import type { RepositoryDetailsAnswer, RepositorySummaryAnswer } from './repositories.schema.js';
import type { RepositorySummary } from './repository-summary.js';
import type { FoundRepository } from './shown-repositories.service.js';

export function toDetailsAnswer({ repository, permissions }: FoundRepository): RepositoryDetailsAnswer {
  return {
    ...toSummaryAnswer(repository),
    readme: repository.readme,
    updatedAt: repository.updatedAt.toISOString(),
    permissions: [...permissions],
    pullsByDay: [...repository.pullsByDay],
    totalBytes: repository.totalBytes,
  };
}

export function toSummaryPage({
  items,
  nextCursor,
}: ListPage<RepositorySummary>): ListPage<RepositorySummaryAnswer> {
  return { items: items.map(toSummaryAnswer), nextCursor };
}

export function toSummaryAnswer(summary: RepositorySummary): RepositorySummaryAnswer {
  return {
    name: summary.name.shown,
    namespace: summary.name.namespace,
    description: summary.description,
    visibility: summary.visibility,
    starCount: summary.starCount,
    isStarred: summary.isStarred,
    pullCount: summary.pullCount,
    lastPulledAt: summary.lastPulledAt?.toISOString() ?? null,
    platforms: [...summary.platforms],
    artifactKinds: [...summary.artifactKinds],
    latestTag: summary.latestTag ?? null,
    sizeBytes: summary.sizeBytes ?? null,
    tagCount: summary.tagCount,
    pushedAt: summary.pushedAt?.toISOString() ?? null,
    createdAt: summary.createdAt.toISOString(),
  };
}
