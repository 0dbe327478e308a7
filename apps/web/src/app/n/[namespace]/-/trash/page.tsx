import type { Metadata } from 'next';
import { NamespaceFrame } from '@/components/namespace/namespace-frame';
import { TrashList } from '@/components/trash/trash-list';
import { readMaintainedNamespace, readNamespace } from '@/lib/namespaces/reading';
import { type PageQuery, single } from '@/lib/page-query';
import { namespaceTrashHref } from '@/lib/repository/links';

interface NamespaceTrashProps extends PageQuery {
  readonly params: Promise<{ namespace: string }>;
}

export async function generateMetadata({ params }: NamespaceTrashProps): Promise<Metadata> {
  return { title: `Trash of ${(await readNamespace((await params).namespace)).name}` };
}

export default async function NamespaceTrashPage({ params, searchParams }: NamespaceTrashProps) {
  const namespace = await readMaintainedNamespace((await params).namespace);
  const { name } = namespace;
  return (
    <NamespaceFrame current="trash" namespace={namespace}>
      <TrashList
        cursor={single((await searchParams).cursor)}
        namespace={name}
        path={namespaceTrashHref(name)}
      >
        <p>
          Repositories that are deleted from {name} can be restored here for some days; then they are gone for
          good, and their space is freed. Images and tags lie in the trash of their repository.
        </p>
      </TrashList>
    </NamespaceFrame>
  );
}
