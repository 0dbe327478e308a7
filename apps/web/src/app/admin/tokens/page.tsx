import type { Metadata } from 'next';
import { CredentialRevocation } from '@/components/admin/credential-revocation';
import { ListFilter } from '@/components/admin/list-filter';
import { Empty } from '@/components/empty/empty';
import { PageHead } from '@/components/page/page-head';
import { Pager } from '@/components/page/pager';
import { CredentialCells, CredentialHeads } from '@/components/secret/credential-cells';
import { DataTable } from '@/components/table/data-table';
import { credentialFilterFields, readCredentialFilter } from '@/lib/admin/credential-filter';
import { type PageQuery, single } from '@/lib/page-query';
import { found, registryApi } from '@/lib/registry-api/client';
import { requireAdmin } from '@/lib/registry-api/require-admin';
import type { OwnedAccessToken } from '@/lib/registry-api/types';
import { withQuery } from '@/lib/repository/links';
import { revokeAccessTokens } from './actions';

export const metadata: Metadata = { title: 'All access tokens' };

const path = '/admin/tokens';

export default async function AllTokensPage({ searchParams }: PageQuery) {
  await requireAdmin();
  const query = await searchParams;
  const filter = { ...readCredentialFilter(query), owner: single(query.owner)?.trim() || undefined };
  const cursor = single(query.cursor);
  const api = await registryApi();
  const { items, nextCursor } = await found(
    api.GET('/api/v1/admin/access-tokens', { params: { query: { ...filter, limit: '50', cursor } } }),
  );
  return (
    <>
      <PageHead title="Access tokens of everybody" />
      <ListFilter
        action={path}
        fields={[{ name: 'owner', label: 'Owner', value: filter.owner }, ...credentialFilterFields(filter)]}
      />
      {items.length > 0 ? (
        <CredentialRevocation action={revokeAccessTokens} what="access token">
          <TokenRows tokens={items} />
        </CredentialRevocation>
      ) : (
        <Empty title="No access token fits this filter" />
      )}
      <Pager
        first={cursor ? withQuery(path, filter) : undefined}
        next={nextCursor ? withQuery(path, { ...filter, cursor: nextCursor }) : undefined}
      />
    </>
  );
}

function TokenRows({ tokens }: { tokens: readonly OwnedAccessToken[] }) {
  return (
    <DataTable label="Access tokens">
      <thead>
        <tr>
          <th className="w-9 pr-0!" scope="col">
            <input aria-label="Select all of this page" data-select-all type="checkbox" />
          </th>
          <th scope="col">Name</th>
          <th scope="col">Owner</th>
          <CredentialHeads />
        </tr>
      </thead>
      <tbody>
        {tokens.map((token) => (
          <tr key={token.id}>
            <td className="pr-0!">
              <input
                aria-label={`Select ${token.name} of ${token.owner}`}
                name="id"
                type="checkbox"
                value={token.id}
              />
            </td>
            <td className="min-w-[110px]">
              <b>
                <bdi>{token.name}</bdi>
              </b>
              <div className="text-md text-ink-3">
                <code>{token.prefix}…</code>
              </div>
            </td>
            <td>{token.owner}</td>
            <CredentialCells credential={token} />
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
