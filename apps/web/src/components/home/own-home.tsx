import { FirstPush } from '@/components/command/first-push';
import { Empty } from '@/components/empty/empty';
import { Link } from '@/components/link/link';
import { Notice } from '@/components/notice/notice';
import { Pager } from '@/components/page/pager';
import { RepositoryRow } from '@/components/repository/repository-list';
import { found, registryApi } from '@/lib/registry-api/client';
import type { Me } from '@/lib/registry-api/types';
import { withQuery } from '@/lib/repository/links';
import { LivePushes } from '../live/live-pushes';
import { ExpiringTokens } from './expiring-tokens';
import { NextPush } from './next-push';
import { OwnNamespaces } from './own-namespaces';
import { OwnStorage } from './own-storage';

/** What somebody signed in comes back to: their repositories, and pushes as they happen. */
export async function OwnHome({ me, cursor }: { me: Me; cursor?: string }) {
  const api = await registryApi();
  const { items, nextCursor } = await found(
    api.GET('/api/v1/repositories', { params: { query: { mine: 'true', limit: '20', cursor } } }),
  );
  const isEmpty = items.length === 0 && !cursor;
  return (
    <div className="columns-aside">
      <div className="min-w-0">
        <h1 className="mb-4 text-3xl tracking-[-0.015em]">Your images</h1>
        {me.isPasswordTemporary && (
          <div className="mb-4">
            <Notice tone="warn">
              <p>
                An admin has set your password and so knows it.{' '}
                <Link href="/settings/security">Change it</Link>
              </p>
            </Notice>
          </div>
        )}
        <div className="overflow-hidden rounded-m border border-line bg-panel [&:not(:has(li,progress))]:border-0">
          <LivePushes className="[&:has(+ul)]:border-b [&:has(+ul)]:border-line" />
          {items.length > 0 && (
            <ul>
              {items.map((repository) => (
                <RepositoryRow key={repository.name} repository={repository} />
              ))}
            </ul>
          )}
        </div>
        {isEmpty ? (
          <Empty title="No images yet. Push the first one:">
            <FirstPush username={me.username} />
          </Empty>
        ) : (
          <>
            <Pager
              first={cursor ? '/' : undefined}
              next={nextCursor ? withQuery('/', { cursor: nextCursor }) : undefined}
            />
            <NextPush username={me.username} />
          </>
        )}
      </div>
      <aside className="grid grid-cols-1 gap-4">
        <OwnStorage me={me} />
        <ExpiringTokens />
        <OwnNamespaces me={me} />
      </aside>
    </div>
  );
}
