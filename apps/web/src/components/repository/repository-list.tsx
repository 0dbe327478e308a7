import { formatBytes } from '@/lib/format/bytes';
import { counted } from '@/lib/format/count';
import type { RepositorySummary } from '@/lib/registry-api/types';
import { repositoryHref } from '@/lib/repository/links';
import { Link } from '../link/link';
import { Time } from '../time/time';
import { ArtifactChips } from './artifact-chips';
import { PlatformChips } from './platform-chips';
import { VisibilityChip } from './visibility-chip';

/** One's own repositories: what is in them and what was pushed last. */
export function RepositoryRow({ repository }: { repository: RepositorySummary }) {
  return (
    <li className="border-b border-line px-4 py-3 last:border-b-0">
      <div className="flex flex-wrap items-baseline gap-x-2.5 gap-y-1">
        <RepositoryName name={repository.name} />
        <VisibilityChip visibility={repository.visibility} />
        <span className="ml-auto text-md text-ink-3">
          {repository.latestTag && (
            <>
              <code className="wrap-anywhere">{repository.latestTag}</code>
              {' · '}
            </>
          )}
          {repository.pushedAt ? <Time at={repository.pushedAt} /> : 'nothing pushed yet'}
        </span>
      </div>
      <Description text={repository.description} />
    </li>
  );
}

/** What a search has found: enough to choose by. */
export function RepositoryCard({ repository }: { repository: RepositorySummary }) {
  const { platforms, sizeBytes, pullCount, pushedAt } = repository;
  return (
    <li className="border-b border-line px-4 py-3 last:border-b-0">
      <div className="flex flex-wrap items-baseline gap-x-2.5 gap-y-1">
        <RepositoryName isLarge name={repository.name} />
        {repository.visibility === 'private' && <VisibilityChip visibility="private" />}
        <ArtifactChips kinds={repository.artifactKinds} />
        <span className="ml-auto text-md text-ink-3">
          {pushedAt ? (
            <>
              updated <Time at={pushedAt} />
            </>
          ) : (
            'nothing pushed yet'
          )}
        </span>
      </div>
      <div className="mt-0.5 mb-2">
        <Description text={repository.description} />
      </div>
      <div className="flex flex-wrap items-center gap-x-3.5 gap-y-2 text-md text-ink-3">
        {platforms.length > 0 && (
          <span className="flex flex-wrap items-center gap-1.5">
            <PlatformChips platforms={platforms} />
          </span>
        )}
        {sizeBytes !== null && sizeBytes > 0 && <span>{formatBytes(sizeBytes)}</span>}
        <span>{counted(pullCount, 'pull')}</span>
        {repository.starCount > 0 && <span>{counted(repository.starCount, 'star')}</span>}
      </div>
    </li>
  );
}

function RepositoryName({ name, isLarge = false }: { name: string; isLarge?: boolean }) {
  return (
    <Link
      className={isLarge ? 'text-[15.5px] font-bold wrap-anywhere' : 'font-bold wrap-anywhere'}
      href={repositoryHref(name)}
    >
      {name}
    </Link>
  );
}

function Description({ text }: { text: string }) {
  return text === '' ? (
    <p className="text-md text-ink-3">No description yet</p>
  ) : (
    <p className="text-[13.5px] wrap-anywhere text-ink-2" dir="auto">
      {text}
    </p>
  );
}
