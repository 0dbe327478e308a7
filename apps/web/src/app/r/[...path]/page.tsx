import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ActivityPage } from '@/components/activity/activity-page';
import { ComparePage } from '@/components/compare/compare-page';
import { ImagePage } from '@/components/image/image-page';
import { Overview } from '@/components/repository/overview';
import { RepositorySettings } from '@/components/repository/settings/repository-settings';
import { TagsPage } from '@/components/tags/tags-page';
import { RepositoryTrash } from '@/components/trash/repository-trash';
import { abridgedDigest } from '@/lib/format/digest';
import type { PageQuery, Query } from '@/lib/page-query';
import type { Repository } from '@/lib/registry-api/types';
import { readRepository } from '@/lib/repository/reading';
import {
  parseRepositoryPath,
  type RepositoryPath,
  type RepositoryView,
} from '@/lib/repository/repository-path';

interface RepositoryPageProps extends PageQuery {
  readonly params: Promise<{ path: string[] }>;
}

export async function generateMetadata({ params }: RepositoryPageProps): Promise<Metadata> {
  const { name, view } = await readPath(params);
  await readRepository(name);
  return { title: titleOf(name, view) };
}

/** All pages about one repository: a name has slashes, so Next's own routes end at it. */
export default async function RepositoryPage({ params, searchParams }: RepositoryPageProps) {
  const { name, view } = await readPath(params);
  const [repository, query] = await Promise.all([readRepository(name), searchParams]);
  return viewOf(repository, view, query);
}

async function readPath(params: RepositoryPageProps['params']): Promise<RepositoryPath> {
  return parseRepositoryPath((await params).path) ?? notFound();
}

function viewOf(repository: Repository, view: RepositoryView, query: Query) {
  switch (view.kind) {
    case 'overview':
      return <Overview repository={repository} />;
    case 'tags':
      return <TagsPage query={query} repository={repository} />;
    case 'tag':
      return <ImagePage query={query} repository={repository} tag={view.tag} />;
    case 'manifest':
      return <ImagePage digest={view.digest} query={query} repository={repository} />;
    case 'compare':
      return <ComparePage query={query} repository={repository} view={view} />;
    case 'activity':
      return <ActivityPage query={query} repository={repository} />;
    case 'trash':
      return <RepositoryTrash query={query} repository={repository} />;
    case 'settings':
      return <RepositorySettings repository={repository} />;
  }
}

function titleOf(name: string, view: RepositoryView): string {
  if (view.kind === 'overview') return name;
  if (view.kind === 'tag') return `${name}:${view.tag}`;
  if (view.kind === 'manifest') return `${name}@${abridgedDigest(view.digest)}`;
  return `${view.kind.charAt(0).toUpperCase()}${view.kind.slice(1)} of ${name}`;
}
