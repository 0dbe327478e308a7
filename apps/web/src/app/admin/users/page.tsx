import type { Metadata } from 'next';
import { ListFilter } from '@/components/admin/list-filter';
import { NewUser } from '@/components/admin/new-user';
import { UserTable } from '@/components/admin/user-table';
import { LinkButton } from '@/components/button/link-button';
import { Empty } from '@/components/empty/empty';
import { PageHead } from '@/components/page/page-head';
import { Pager } from '@/components/page/pager';
import { oneOf, type PageQuery, single } from '@/lib/page-query';
import { found, registryApi } from '@/lib/registry-api/client';
import { requireAdmin } from '@/lib/registry-api/require-admin';
import { withQuery } from '@/lib/repository/links';

export const metadata: Metadata = { title: 'Users' };

const path = '/admin/users';
const booleans = ['true', 'false'] as const;

export default async function UsersPage({ searchParams }: PageQuery) {
  await requireAdmin();
  const query = await searchParams;
  const filter = {
    q: single(query.q)?.trim() || undefined,
    disabled: oneOf(query.disabled, booleans),
    admin: oneOf(query.admin, booleans),
    unused: single(query.unused)?.trim() || undefined,
  };
  const cursor = single(query.cursor);
  const isNew = query.new !== undefined;
  const api = await registryApi();
  const { items, nextCursor } = await found(
    api.GET('/api/v1/admin/users', { params: { query: { ...filter, limit: '50', cursor } } }),
  );
  return (
    <>
      <PageHead
        end={
          !isNew && (
            <LinkButton href={`${path}?new`} kind="primary">
              New user
            </LinkButton>
          )
        }
        title="Users"
      />
      {isNew && <NewUser />}
      <ListFilter
        action={path}
        fields={[
          { name: 'q', label: 'Name or e-mail', value: filter.q },
          { name: 'unused', label: 'Idle for days', value: filter.unused, isNumber: true },
          {
            name: 'admin',
            label: 'Admins',
            value: filter.admin,
            choices: [
              ['true', 'only admins'],
              ['false', 'no admins'],
            ],
          },
          {
            name: 'disabled',
            label: 'State',
            value: filter.disabled,
            choices: [
              ['false', 'active'],
              ['true', 'disabled'],
            ],
          },
        ]}
      />
      {items.length > 0 ? <UserTable users={items} /> : <Empty title="No user fits this filter" />}
      <Pager
        first={cursor ? withQuery(path, filter) : undefined}
        next={nextCursor ? withQuery(path, { ...filter, cursor: nextCursor }) : undefined}
      />
    </>
  );
}
