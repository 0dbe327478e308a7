import type { Metadata } from 'next';
import { FirstPush } from '@/components/command/first-push';
import { Empty } from '@/components/empty/empty';
import { NamespaceFrame } from '@/components/namespace/namespace-frame';
import { Pager } from '@/components/page/pager';
import { RepositoryCard } from '@/components/repository/repository-list';
import { readNamespace } from '@/lib/namespaces/reading';
import { type PageQuery, single } from '@/lib/page-query';
import { found, registryApi } from '@/lib/registry-api/client';
import { whoIsLooking } from '@/lib/registry-api/me';
import { namespaceHref, withQuery } from '@/lib/repository/links';

interface NamespacePageProps extends PageQuery {
  readonly params: Promise<{ namespace: string }>;
}

export async function generateMetadata({ params }: NamespacePageProps): Promise<Metadata> {
  return { title: (await readNamespace((await params).namespace)).name };
}

export default async function NamespacePage({ params, searchParams }: NamespacePageProps) {
  const namespace = await readNamespace((await params).namespace);
  const me = await whoIsLooking();
  const cursor = single((await searchParams).cursor);
  const api = await registryApi();
  const { items, nextCursor } = await found(
    api.GET('/api/v1/search', {
      params: { query: { namespace: namespace.name, sort: 'updated', limit: '20', cursor } },
    }),
  );
  const path = namespaceHref(namespace.name);
  return (
    <NamespaceFrame current="repositories" namespace={namespace}>
      {items.length > 0 ? (
        <ul className="rounded-m border border-line bg-panel">
          {items.map((repository) => (
            <RepositoryCard key={repository.name} repository={repository} />
          ))}
        </ul>
      ) : (
        <Empty
          title={namespace.role ? 'No repositories here yet. Push the first one:' : 'No repositories here'}
        >
          {namespace.role && me ? (
            <FirstPush namespace={namespace.name} username={me.username} />
          ) : (
            <p>There are none that you may see.</p>
          )}
        </Empty>
      )}
      <Pager
        first={cursor ? path : undefined}
        next={nextCursor ? withQuery(path, { cursor: nextCursor }) : undefined}
      />
    </NamespaceFrame>
  );
}
