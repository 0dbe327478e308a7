import type { Metadata } from 'next';
import { Empty } from '@/components/empty/empty';
import { Link } from '@/components/link/link';
import { Facts } from '@/components/page/facts';
import { PageHead } from '@/components/page/page-head';
import { Panel } from '@/components/panel/panel';
import { QuotaForm } from '@/components/quota/quota-form';
import { UseOfQuota } from '@/components/quota/use-of-limit';
import { OwnerTable } from '@/components/storage/owner-table';
import { StorageBar } from '@/components/storage/storage-bar';
import { StoreCheck } from '@/components/storage/store-check';
import { formatBytes } from '@/lib/format/bytes';
import { formatCount } from '@/lib/format/count';
import { found, registryApi } from '@/lib/registry-api/client';
import { requireAdmin } from '@/lib/registry-api/require-admin';
import { namespaceHref, repositoryHref } from '@/lib/repository/links';
import { setInstanceQuota } from './actions';

export const metadata: Metadata = { title: 'Storage' };

export default async function StoragePage() {
  await requireAdmin();
  const api = await registryApi();
  const [storage, { instance }, checks] = await Promise.all([
    found(api.GET('/api/v1/admin/storage', { params: { query: { limit: '20' } } })),
    found(api.GET('/api/v1/admin/quotas')),
    found(
      api.GET('/api/v1/admin/jobs/{job}/runs', { params: { path: { job: 'fsck' }, query: { limit: '2' } } }),
    ),
  ]);
  return (
    <>
      <PageHead title="Storage">What lies in the blob store, and who has it.</PageHead>
      <div className="grid grid-cols-1 gap-4">
        <Panel>
          <StorageBar stored={{ ...storage, usedBytes: storage.totalBytes, maxBytes: null }} />
          <hr className="my-3 border-line" />
          <Facts
            facts={[
              ['Blobs', formatCount(storage.blobCount)],
              [
                'Only in trash',
                <span key="trash">
                  {formatBytes(storage.trashBytes)}, until its time is over:{' '}
                  <Link className="underline" href="/trash">
                    trash
                  </Link>
                </span>,
              ],
              [
                'In no repository',
                <span key="unlinked">
                  {formatBytes(storage.unlinkedBytes)}, until a{' '}
                  <Link className="underline" href="/admin/gc">
                    collection
                  </Link>
                </span>,
              ],
              ['Manifests, in the database', formatBytes(storage.manifestBytes)],
            ]}
          />
        </Panel>
        <Panel title="Quota of this Berth">
          <div className="mb-4">
            <UseOfQuota usage={instance} whose="this Berth" />
          </div>
          <QuotaForm action={setInstanceQuota} usage={instance} />
          <p className="mt-2.5 text-sm text-ink-2">
            Those of{' '}
            <Link className="underline" href="/admin/namespaces">
              namespaces
            </Link>{' '}
            hold besides.
          </p>
        </Panel>
        <StoreCheck runs={checks.items} />
        {storage.repositories.length > 0 ? (
          <>
            <OwnerTable hrefOf={namespaceHref} label="Namespaces" owners={storage.namespaces} />
            <OwnerTable hrefOf={repositoryHref} label="Repositories" owners={storage.repositories} />
          </>
        ) : (
          <Empty title="Nothing has been pushed yet" />
        )}
      </div>
    </>
  );
}
