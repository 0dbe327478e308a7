import type { ManifestDetail, Repository } from '@/lib/registry-api/types';
import { readImage } from '@/lib/repository/reading';
import { LivePushes } from '../live/live-pushes';
import { UntrustedMarkdown } from '../markdown/markdown';
import { Panel } from '../panel/panel';
import { PullBox } from '../pull/pull-box';
import { NothingPushed } from './nothing-pushed';
import { OverviewFacts } from './overview-facts';
import { PullStatistics } from './pull-statistics';
import { ReadmeHint } from './readme-hint';
import { RepositoryFrame } from './repository-frame';

/** The front page of a repository: how to pull it, what it says of itself, and how it is used. */
export async function Overview({ repository }: { repository: Repository }) {
  const { name, latestTag, pullsByDay, pullCount, lastPulledAt } = repository;
  const latest = latestTag ? await readImage(name, { tag: latestTag }) : undefined;
  return (
    <RepositoryFrame current="overview" repository={repository}>
      <div className="columns-aside">
        <div className="grid grid-cols-1 min-w-0 gap-4">
          <LivePushes className="rounded-m border border-line bg-panel" repository={name} />
          {latest && latestTag ? (
            <PullBox
              pulled={{
                name,
                reference: latestTag,
                artifactKind: kindOf(latest.top),
                hasFiles: latest.shown.layers.some(({ title }) => title !== null),
              }}
            />
          ) : (
            <NothingPushed repository={repository} />
          )}
          <Readme repository={repository} />
        </div>
        <aside className="grid grid-cols-1 gap-4">
          <PullStatistics days={pullsByDay} lastPulledAt={lastPulledAt} pullCount={pullCount} />
          {latest && <OverviewFacts image={latest} repository={repository} />}
        </aside>
      </div>
    </RepositoryFrame>
  );
}

function Readme({ repository }: { repository: Repository }) {
  if (repository.readme.trim() !== '') {
    return (
      <Panel title="README">
        <UntrustedMarkdown text={repository.readme} />
      </Panel>
    );
  }
  return repository.permissions.includes('manage') ? <ReadmeHint name={repository.name} /> : null;
}

function kindOf(latest: ManifestDetail): string {
  return latest.kind === 'index' ? 'index' : latest.artifactKind;
}
