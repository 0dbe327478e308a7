import type { Metadata } from 'next';
import { Link } from '@/components/link/link';
import { PageHead } from '@/components/page/page-head';
import { Pager } from '@/components/page/pager';
import { DataTable } from '@/components/table/data-table';
import { Time } from '@/components/time/time';
import { formatCount } from '@/lib/format/count';
import { type PageQuery, single } from '@/lib/page-query';
import { found, registryApi } from '@/lib/registry-api/client';
import { requireAdmin } from '@/lib/registry-api/require-admin';
import { namespaceHref, withQuery } from '@/lib/repository/links';

export const metadata: Metadata = { title: 'Namespaces' };

const path = '/admin/namespaces';
const kinds = { user: 'person', organization: 'organization', instance: 'of this Berth' };

export default async function NamespacesPage({ searchParams }: PageQuery) {
  await requireAdmin();
  const cursor = single((await searchParams).cursor);
  const api = await registryApi();
  const { items, nextCursor } = await found(
    api.GET('/api/v1/namespaces', { params: { query: { all: 'true', limit: '50', cursor } } }),
  );
  return (
    <>
      <PageHead title="Namespaces" />
      <div className="mt-3">
        <DataTable label="Namespaces">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Kind</th>
              <th scope="col">Description</th>
              <th className="num" scope="col">
                Repositories
              </th>
              <th scope="col">Made</th>
            </tr>
          </thead>
          <tbody>
            {items.map(({ name, kind, description, repositoryCount, createdAt }) => (
              <tr key={name}>
                <td>
                  <Link className="font-bold" href={namespaceHref(name)}>
                    {name}
                  </Link>
                </td>
                <td className="whitespace-nowrap">{kinds[kind]}</td>
                <td className="min-w-[160px] text-ink-2" dir="auto">
                  {description}
                </td>
                <td className="num">{formatCount(repositoryCount)}</td>
                <td className="text-ink-2">{createdAt && <Time at={createdAt} />}</td>
              </tr>
            ))}
          </tbody>
        </DataTable>
      </div>
      <Pager
        first={cursor ? path : undefined}
        next={nextCursor ? withQuery(path, { cursor: nextCursor }) : undefined}
      />
    </>
  );
}
