import type { ReactNode } from 'react';
import type { Repository } from '@/lib/registry-api/types';
import { activityHref, repositoryHref, settingsHref, tagsHref, trashHref } from '@/lib/repository/links';
import { PageHead } from '../page/page-head';
import { Tabs } from '../page/tabs';
import { ArtifactChips } from './artifact-chips';
import { RepositoryTitle } from './repository-title';
import { StarButton } from './star-button';
import { VisibilityChip } from './visibility-chip';

export type RepositoryTab = 'overview' | 'tags' | 'activity' | 'trash' | 'settings';

/** What stands above every page of a repository. */
export function RepositoryFrame({
  repository,
  current,
  children,
}: {
  repository: Repository;
  current: RepositoryTab;
  children: ReactNode;
}) {
  const { name, permissions } = repository;
  const mayChange = permissions.includes('manage') || permissions.includes('delete');
  const mayRestore = permissions.includes('push') || permissions.includes('delete');
  const tab = (label: string, kind: RepositoryTab, href: string, count?: number) => ({
    label,
    href,
    isCurrent: kind === current,
    count,
  });
  return (
    <>
      <PageHead
        beside={
          <>
            <VisibilityChip visibility={repository.visibility} />
            <ArtifactChips kinds={repository.artifactKinds} />
          </>
        }
        end={<StarButton repository={repository} />}
        title={<RepositoryTitle name={name} namespace={repository.namespace} />}
      >
        {repository.description && <p dir="auto">{repository.description}</p>}
      </PageHead>
      <Tabs
        label="Repository"
        tabs={[
          tab('Overview', 'overview', repositoryHref(name)),
          tab('Tags', 'tags', tagsHref(name), repository.tagCount),
          tab('Activity', 'activity', activityHref(name)),
          ...(mayRestore ? [tab('Trash', 'trash', trashHref(name))] : []),
          ...(mayChange ? [tab('Settings', 'settings', settingsHref(name))] : []),
        ]}
      />
      {children}
    </>
  );
}
