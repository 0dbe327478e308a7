import type { Metadata } from 'next';
import { CredentialRevocation } from '@/components/admin/credential-revocation';
import { ListFilter } from '@/components/admin/list-filter';
import { Chip } from '@/components/chip/chip';
import { Empty } from '@/components/empty/empty';
import { Link } from '@/components/link/link';
import { PageHead } from '@/components/page/page-head';
import { Pager } from '@/components/page/pager';
import { CredentialCells, CredentialHeads } from '@/components/secret/credential-cells';
import { DataTable } from '@/components/table/data-table';
import { credentialFilterFields, readCredentialFilter } from '@/lib/admin/credential-filter';
import { type PageQuery, single } from '@/lib/page-query';
import { found, registryApi } from '@/lib/registry-api/client';
import { requireAdmin } from '@/lib/registry-api/require-admin';
import type { PlacedRobot } from '@/lib/registry-api/types';
import { namespaceHref, withQuery } from '@/lib/repository/links';
import { revokeRobots } from './actions';

export const metadata: Metadata = { title: 'All robots' };

const path = '/admin/robots';

export default async function AllRobotsPage({ searchParams }: PageQuery) {
  await requireAdmin();
  const query = await searchParams;
  const filter = { ...readCredentialFilter(query), namespace: single(query.namespace)?.trim() || undefined };
  const cursor = single(query.cursor);
  const api = await registryApi();
  const { items, nextCursor } = await found(
    api.GET('/api/v1/admin/robots', { params: { query: { ...filter, limit: '50', cursor } } }),
  );
  return (
    <>
      <PageHead title="Robots of all namespaces" />
      <ListFilter
        action={path}
        fields={[
          { name: 'namespace', label: 'Namespace', value: filter.namespace },
          ...credentialFilterFields(filter),
        ]}
      />
      {items.length > 0 ? (
        <CredentialRevocation action={revokeRobots} what="robot">
          <RobotRows robots={items} />
        </CredentialRevocation>
      ) : (
        <Empty title="No robot fits this filter">
          <p>Owners make robots on the page of their namespace.</p>
        </Empty>
      )}
      <Pager
        first={cursor ? withQuery(path, filter) : undefined}
        next={nextCursor ? withQuery(path, { ...filter, cursor: nextCursor }) : undefined}
      />
    </>
  );
}

function RobotRows({ robots }: { robots: readonly PlacedRobot[] }) {
  return (
    <DataTable label="Robots">
      <thead>
        <tr>
          <th className="w-9 pr-0!" scope="col">
            <input aria-label="Select all of this page" data-select-all type="checkbox" />
          </th>
          <th scope="col">Robot</th>
          <th scope="col">Namespace</th>
          <CredentialHeads />
        </tr>
      </thead>
      <tbody>
        {robots.map((robot) => (
          <tr key={robot.id}>
            <td className="pr-0!">
              <input aria-label={`Select ${robot.username}`} name="id" type="checkbox" value={robot.id} />
            </td>
            <td className="min-w-[140px]">
              <b>{robot.name}</b> {robot.isDisabled && <Chip tone="warn">stopped</Chip>}
              <div className="text-md text-ink-3">
                <code className="break-all">{robot.username}</code>
              </div>
            </td>
            <td>
              <Link href={`${namespaceHref(robot.namespace)}/-/robots`}>{robot.namespace}</Link>
            </td>
            <CredentialCells credential={robot} />
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
