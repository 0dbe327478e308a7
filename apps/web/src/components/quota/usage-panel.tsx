import { found, registryApi } from '@/lib/registry-api/client';
import { Panel } from '../panel/panel';
import { UseOfQuota } from './use-of-limit';

/** What a namespace has and may have, for its owners. */
export async function UsagePanel({ namespace }: { namespace: string }) {
  const api = await registryApi();
  const usage = await found(
    api.GET('/api/v1/namespaces/{namespace}/usage', { params: { path: { namespace } } }),
  );
  const isLimited = usage.maxBytes !== null || usage.maxRepositories !== null;
  return (
    <Panel title="Storage">
      <UseOfQuota usage={usage} whose={namespace} />
      <p className="mt-2.5 text-sm text-ink-2">
        A layer that several images here share counts once; what lies in trash counts until it is gone.{' '}
        {isLimited ? 'What is over the quota is refused; admins set it.' : 'There is no quota.'}
      </p>
    </Panel>
  );
}
