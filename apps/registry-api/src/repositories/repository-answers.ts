import type { ListPage } from '../http/cursor-page.js';
import type { RepositoryDetails, RepositorySummary } from './repositories.schema.js';
import type { FoundRepository } from './repositories.service.js';
import type { Repository } from './repository.store.js';

export function toDetails({ repository, permissions }: FoundRepository): RepositoryDetails {
  return { ...toSummary(repository), readme: repository.readme, permissions: [...permissions] };
}

export function toSummaryPage({ items, nextCursor }: ListPage<Repository>): ListPage<RepositorySummary> {
  return { items: items.map(toSummary), nextCursor };
}

function toSummary(repository: Repository): RepositorySummary {
  return {
    name: repository.name.shown,
    namespace: repository.name.namespace,
    visibility: repository.visibility,
    description: repository.description,
    starCount: repository.starCount,
    createdAt: repository.createdAt.toISOString(),
    updatedAt: repository.updatedAt.toISOString(),
    pushedAt: repository.pushedAt?.toISOString() ?? null,
  };
}
