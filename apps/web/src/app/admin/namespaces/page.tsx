import type { Metadata } from 'next';
import { LinkButton } from '@/components/button/link-button';
import { Link } from '@/components/link/link';
import { PageHead } from '@/components/page/page-head';
import { Pager } from '@/components/page/pager';
import { Panel } from '@/components/panel/panel';
import { QuotaForm } from '@/components/quota/quota-form';
import { UseOfBytes, UseOfRepositories } from '@/components/quota/use-of-limit';
import { DataTable } from '@/components/table/data-table';
import { Time } from '@/components/time/time';
import { type PageQuery, single } from '@/lib/page-query';
import { found, registryApi } from '@/lib/registry-api/client';
import { requireAdmin } from '@/lib/registry-api/require-admin';
import type { NamespaceUsage } from '@/lib/registry-api/types';
import { namespaceHref, withQuery } from '@/lib/repository/links';
import { setNamespaceQuota } from './actions';

export const metadata: Metadata = { title: 'Namespaces' };

const path = '/admin/namespaces';
const kinds = { user: 'person', organization: 'organization', instance: 'of this Berth' };

export default async function NamespacesPage({ searchParams }: PageQuery) {
  await requireAdmin();
  const query = await searchParams;
  const [cursor, changed] = [single(query.cursor), single(query.quota)];
  const api = await registryApi();
  const { items, nextCursor } = await found(
    api.GET('/api/v1/admin/namespaces', { params: { query: { limit: '50', cursor } } }),
  );
  return (
    <>
      <PageHead title="Namespaces">What each has, and what it may have.</PageHead>
      {changed && <ChangedQuota cursor={cursor} namespace={changed} />}
      <DataTable label="Namespaces">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Bytes</th>
            <th scope="col">Repositories</th>
            <th scope="col">Made</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          {items.map((namespace) => (
            <NamespaceRow cursor={cursor} key={namespace.name} namespace={namespace} />
          ))}
        </tbody>
      </DataTable>
      <Pager
        first={cursor ? path : undefined}
        next={nextCursor ? withQuery(path, { cursor: nextCursor }) : undefined}
      />
    </>
  );
}

function NamespaceRow({ namespace, cursor }: { namespace: NamespaceUsage; cursor?: string }) {
  const { name, kind, description, createdAt } = namespace;
  return (
    <tr>
      <td className="min-w-[160px]">
        <Link className="font-bold" href={namespaceHref(name)} prefetch={false}>
          {name}
        </Link>{' '}
        <span className="text-ink-3">{kinds[kind]}</span>
        {description && (
          <div className="text-sm text-ink-2" dir="auto">
            {description}
          </div>
        )}
      </td>
      <td className="min-w-[150px]">
        <UseOfBytes usage={namespace} whose={name} />
      </td>
      <td className="min-w-[150px]">
        <UseOfRepositories usage={namespace} whose={name} />
      </td>
      <td className="text-ink-2">
        <Time at={createdAt} />
      </td>
      <td>
        <LinkButton href={withQuery(path, { cursor, quota: name })} isSmall prefetch={false}>
          Quota<span className="sr-only"> of {name}</span>
        </LinkButton>
      </td>
    </tr>
  );
}

/** The form for one of them, above the list. */
async function ChangedQuota({ namespace, cursor }: { namespace: string; cursor?: string }) {
  const api = await registryApi();
  const usage = await found(
    api.GET('/api/v1/namespaces/{namespace}/usage', { params: { path: { namespace } } }),
  );
  return (
    <Panel className="mb-4" title={`Quota of ${namespace}`}>
      <QuotaForm action={setNamespaceQuota.bind(null, namespace)} usage={usage}>
        <LinkButton href={withQuery(path, { cursor })}>Close</LinkButton>
      </QuotaForm>
      <p className="mt-2.5 text-sm text-ink-2">
        A limit below what is used deletes nothing, and lets nothing more in.
      </p>
    </Panel>
  );
}
