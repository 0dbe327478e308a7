import type { Metadata } from 'next';
import { PageHead } from '@/components/page/page-head';
import { TrashList } from '@/components/trash/trash-list';
import { type PageQuery, single } from '@/lib/page-query';
import { requireSignedIn } from '@/lib/registry-api/me';

export const metadata: Metadata = { title: 'Trash' };

export default async function TrashPage({ searchParams }: PageQuery) {
  const { isAdmin } = await requireSignedIn();
  return (
    <>
      <PageHead title="Trash">
        {isAdmin
          ? 'Repositories and namespaces that were deleted.'
          : 'Repositories and namespaces that were deleted, and that you may restore.'}{' '}
        Images and tags lie in the trash of their repository.
      </PageHead>
      <TrashList cursor={single((await searchParams).cursor)} path="/trash">
        <p>
          What maintainers of a namespace delete can be restored here for some days; then it is gone for good,
          and its space is freed.
        </p>
      </TrashList>
    </>
  );
}
