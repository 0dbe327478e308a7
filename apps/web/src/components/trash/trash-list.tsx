import type { ReactNode } from 'react';
import { found, registryApi } from '@/lib/registry-api/client';
import { withQuery } from '@/lib/repository/links';
import { Empty } from '../empty/empty';
import { Pager } from '../page/pager';
import { TrashedItemTable } from './trashed-item-table';

/** What the visitor may restore, of one namespace or of all. */
export async function TrashList({
  namespace,
  cursor,
  path,
  children,
}: {
  namespace?: string;
  cursor?: string;
  path: string;
  /** What is said when there is nothing. */
  children: ReactNode;
}) {
  const api = await registryApi();
  const query = { namespace, cursor, limit: '20' };
  const { items, nextCursor } = await found(api.GET('/api/v1/trash', { params: { query } }));
  if (items.length === 0 && !cursor) return <Empty title="Nothing is in trash">{children}</Empty>;
  return (
    <>
      <TrashedItemTable items={items} />
      <Pager
        first={cursor ? path : undefined}
        next={nextCursor ? withQuery(path, { cursor: nextCursor }) : undefined}
      />
    </>
  );
}
