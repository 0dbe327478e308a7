import type { Metadata } from 'next';
import { AuditTable } from '@/components/admin/audit-table';
import { ListFilter } from '@/components/admin/list-filter';
import { buttonStyle } from '@/components/button/button-style';
import { Empty } from '@/components/empty/empty';
import { PageHead } from '@/components/page/page-head';
import { Pager } from '@/components/page/pager';
import { auditFilterFields, readAuditFilter } from '@/lib/admin/audit-filter';
import { type PageQuery, single } from '@/lib/page-query';
import { found, registryApi } from '@/lib/registry-api/client';
import { requireAdmin } from '@/lib/registry-api/require-admin';
import { withQuery } from '@/lib/repository/links';

export const metadata: Metadata = { title: 'Audit log' };

const path = '/admin/audit';
const apiPath = '/api/v1/admin/audit';

export default async function AuditPage({ searchParams }: PageQuery) {
  await requireAdmin();
  const query = await searchParams;
  const { shown, asked } = readAuditFilter(query);
  const cursor = single(query.cursor);
  const api = await registryApi();
  const { items, nextCursor } = await found(
    api.GET('/api/v1/admin/audit', { params: { query: { ...asked, limit: '50', cursor } } }),
  );
  return (
    <>
      <PageHead
        end={
          <>
            <a className={buttonStyle()} download href={withQuery(apiPath, { ...asked, format: 'csv' })}>
              CSV
            </a>
            <a className={buttonStyle()} download href={withQuery(apiPath, { ...asked, format: 'jsonl' })}>
              JSON lines
            </a>
          </>
        }
        title="Audit log"
      >
        <p>Every change and every sign-in, the refused ones too.</p>
      </PageHead>
      <ListFilter action={path} fields={auditFilterFields(shown)} />
      {items.length > 0 ? <AuditTable entries={items} /> : <Empty title="Nothing fits this filter" />}
      <Pager
        first={cursor ? withQuery(path, shown) : undefined}
        next={nextCursor ? withQuery(path, { ...shown, cursor: nextCursor }) : undefined}
      />
    </>
  );
}
