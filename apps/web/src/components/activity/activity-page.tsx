import { shortDigest } from '@/lib/format/digest';
import { type Query, single } from '@/lib/page-query';
import { found, registryApi } from '@/lib/registry-api/client';
import type { Repository, TagMove } from '@/lib/registry-api/types';
import { activityHref, manifestHref, withQuery } from '@/lib/repository/links';
import { Empty } from '../empty/empty';
import { Link } from '../link/link';
import { LivePushes } from '../live/live-pushes';
import { Pager } from '../page/pager';
import { RepositoryFrame } from '../repository/repository-frame';
import { DataTable } from '../table/data-table';
import { Time } from '../time/time';
import { RestoreButton } from './restore-button';

/** Every move of every tag: who, when, from where to where; and the way back. */
export async function ActivityPage({ repository, query }: { repository: Repository; query: Query }) {
  const { name } = repository;
  const tag = single(query.tag) || undefined;
  const cursor = single(query.cursor) || undefined;
  const api = await registryApi();
  const { items, nextCursor } = await found(
    api.GET('/api/v1/repositories/{name}/activity', {
      params: { path: { name }, query: { tag, cursor, limit: '50' } },
    }),
  );
  const pageHref = (next?: string) => withQuery(activityHref(name), { tag, cursor: next });
  return (
    <RepositoryFrame current="activity" repository={repository}>
      <LivePushes className="mb-3 rounded-m border border-line bg-panel" repository={name} />
      {tag && (
        <p className="mb-3">
          Moves of <code className="font-semibold">{tag}</code>.{' '}
          <Link href={activityHref(name)}>See all tags</Link>
        </p>
      )}
      {items.length > 0 ? (
        <MoveTable mayRestore={repository.permissions.includes('push')} moves={items} name={name} />
      ) : (
        <Empty title="Nothing has happened here yet">
          <p>Every push to a tag, and every deletion of one, is listed here with who did it.</p>
        </Empty>
      )}
      <Pager first={cursor ? pageHref() : undefined} next={nextCursor ? pageHref(nextCursor) : undefined} />
    </RepositoryFrame>
  );
}

function MoveTable({
  name,
  moves,
  mayRestore,
}: {
  name: string;
  moves: readonly TagMove[];
  mayRestore: boolean;
}) {
  return (
    <DataTable label="Activity">
      <thead>
        <tr>
          <th scope="col">Tag</th>
          <th scope="col">What</th>
          <th scope="col">From</th>
          <th scope="col">To</th>
          <th scope="col">By</th>
          <th scope="col">When</th>
          {mayRestore && <th scope="col">Undo</th>}
        </tr>
      </thead>
      <tbody>
        {moves.map((move) => (
          <tr key={move.id}>
            <td className="min-w-[90px]">
              <Link className="font-mono text-md font-bold break-all" href={activityHref(name, move.tag)}>
                {move.tag}
              </Link>
            </td>
            <td className="whitespace-nowrap">{whatHappened(move)}</td>
            <DigestCell digest={move.from} name={name} />
            <DigestCell digest={move.to} name={name} />
            <td>
              {move.movedBy}
              <div className="text-sm text-ink-3">{move.credential}</div>
            </td>
            <td className="text-ink-2">
              <Time at={move.movedAt} />
            </td>
            {mayRestore && (
              <td>
                <RestoreButton move={move} name={name} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}

function DigestCell({ name, digest }: { name: string; digest: string | null }) {
  return (
    <td className="whitespace-nowrap">
      {digest ? (
        <Link className="text-ink-2" href={manifestHref(name, digest)} title={digest}>
          <code>{shortDigest(digest)}</code>
        </Link>
      ) : (
        <span className="text-ink-3">nothing</span>
      )}
    </td>
  );
}

function whatHappened({ from, to }: TagMove): string {
  if (to === null) return 'deleted';
  return from === null ? 'added' : 'moved';
}
