import type { Metadata } from 'next';
import { Empty } from '@/components/empty/empty';
import { Link } from '@/components/link/link';
import { Facts } from '@/components/page/facts';
import { PageHead } from '@/components/page/page-head';
import { Panel } from '@/components/panel/panel';
import { QuotaForm } from '@/components/quota/quota-form';
import { UseOfQuota } from '@/components/quota/use-of-limit';
import { OwnerTable } from '@/components/storage/owner-table';
import { formatBytes } from '@/lib/format/bytes';
import { counted } from '@/lib/format/count';
import { found, registryApi } from '@/lib/registry-api/client';
import { requireAdmin } from '@/lib/registry-api/require-admin';
import { namespaceHref, repositoryHref } from '@/lib/repository/links';
import { setInstanceQuota } from './actions';

export const metadata: Metadata = { title: 'Storage' };

export default async function StoragePage() {
  await requireAdmin();
  const api = await registryApi();
  const storage = await found(api.GET('/api/v1/admin/storage', { params: { query: { limit: '20' } } }));
  const { instance } = await found(api.GET('/api/v1/admin/quotas'));
  return (
    <>
      <PageHead title="Storage">What lies in the blob store, and who has it.</PageHead>
      <div className="grid grid-cols-1 gap-4">
        <Panel>
          <p className="text-3xl tabular-nums">{formatBytes(storage.totalBytes)}</p>
          <p className="mb-3 text-md text-ink-2">
            in {counted(storage.blobCount, 'blob')}. Sharing layers saves {formatBytes(storage.savedBytes)}.
          </p>
          <progress
            aria-label="How much of it one repository has alone"
            className="progress mb-3"
            max={Math.max(storage.totalBytes, 1)}
            value={storage.exclusiveBytes}
          />
          <Facts
            facts={[
              ['In one repository', formatBytes(storage.exclusiveBytes)],
              ['In several', formatBytes(storage.sharedBytes)],
              ['Only in trash', formatBytes(storage.trashBytes)],
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
