import { done, registryApi } from '@/lib/registry-api/client';
import { ApiProblem } from '@/lib/registry-api/problem';
import type { Me } from '@/lib/registry-api/types';
import { namespaceHref } from '@/lib/repository/links';
import { Link } from '../link/link';
import { Panel } from '../panel/panel';
import { StorageBar, type StoredBytes } from '../storage/storage-bar';

const MOST = 3;

/** What one's namespaces store: one's own first, then those that one looks after. */
export async function OwnStorage({ me }: { me: Me }) {
  const names = namespacesToShow(me);
  const usages = await Promise.all(names.map(readUsage));
  const shown = names.flatMap((name, index) => {
    const stored = usages[index];
    return stored && (stored.usedBytes > 0 || stored.maxBytes !== null) ? [{ name, stored }] : [];
  });
  if (shown.length === 0) return null;
  return (
    <Panel title="Storage">
      <ul className="grid grid-cols-1 gap-4">
        {shown.map(({ name, stored }) => (
          <li key={name}>
            {(shown.length > 1 || name !== me.username) && (
              <p className="text-md">
                <Link className="break-words" href={namespaceHref(name)}>
                  {name}
                </Link>
              </p>
            )}
            <StorageBar stored={stored} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function namespacesToShow({ username, namespaces }: Me): string[] {
  const kept = namespaces.filter(({ role }) => role === 'owner' || role === 'maintainer');
  const own = kept.filter(({ name }) => name === username);
  return [...own, ...kept.filter(({ name }) => name !== username)].slice(0, MOST).map(({ name }) => name);
}

/** Undefined for one that has just gone, or was taken away. */
async function readUsage(namespace: string): Promise<StoredBytes | undefined> {
  const api = await registryApi();
  try {
    return await done(api.GET('/api/v1/namespaces/{namespace}/usage', { params: { path: { namespace } } }));
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return undefined;
    throw error;
  }
}
