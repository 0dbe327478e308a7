import type { Metadata } from 'next';
import { ActionForm } from '@/components/form/action-form';
import { SubmitButton } from '@/components/form/submit-button';
import { CollectionForm } from '@/components/jobs/collection-forms';
import { RefreshWhile } from '@/components/jobs/refresh-while';
import { RunProgress } from '@/components/jobs/run-progress';
import { RunTable } from '@/components/jobs/run-table';
import { PageHead } from '@/components/page/page-head';
import { Panel } from '@/components/panel/panel';
import { Time } from '@/components/time/time';
import { formatBytes } from '@/lib/format/bytes';
import { counted } from '@/lib/format/count';
import { found, registryApi } from '@/lib/registry-api/client';
import { requireAdmin } from '@/lib/registry-api/require-admin';
import type { JobRun } from '@/lib/registry-api/types';
import { cancelJob } from '../jobs/actions';
import { orderCollection } from './actions';

export const metadata: Metadata = { title: 'Collection' };

const SHOWN_DIGESTS = 20;

export default async function CollectionPage() {
  await requireAdmin();
  const api = await registryApi();
  const { current, nextAt, graceSeconds } = await found(api.GET('/api/v1/admin/gc'));
  const { items: runs } = await found(
    api.GET('/api/v1/admin/jobs/{job}/runs', {
      params: { path: { job: 'collection' }, query: { limit: '10' } },
    }),
  );
  const ended = runs.filter(({ finishedAt }) => finishedAt !== null);
  return (
    <>
      <PageHead title="Collection">
        Blobs that no manifest needs, and no trash, are removed from the store while pushes and pulls go on.{' '}
        {nextAt && (
          <>
            The next collection comes <Time at={nextAt} />.
          </>
        )}
      </PageHead>
      <RefreshWhile isRunning={current !== null} />
      <div className="grid grid-cols-1 gap-4">
        {current ? (
          <Panel title={current.input.dryRun === true ? 'Preview' : 'Collection under way'}>
            <RunProgress label="the collection" run={current} />
            <ActionForm action={cancelJob} className="mt-3 flex flex-col items-start gap-2">
              <input name="job" type="hidden" value="collection" />
              <SubmitButton disabled={current.state === 'cancelling'} isSmall kind="danger">
                Cancel
              </SubmitButton>
            </ActionForm>
          </Panel>
        ) : (
          <Panel title="Collect">
            <CollectionForm graceHours={graceSeconds / 3600} order={orderCollection} />
            {ended[0]?.result?.isDryRun === true && <Preview run={ended[0]} />}
          </Panel>
        )}
        {ended.length > 0 && <RunTable describe={collectionWords} runs={ended} />}
      </div>
    </>
  );
}

function collectionWords({ result }: JobRun): string {
  if (!result) return '';
  const { blobs, bytes, isDryRun } = result;
  return `${isDryRun === true ? 'would remove' : 'removed'} ${counted(Number(blobs), 'blob')}, ${formatBytes(Number(bytes))}`;
}

function Preview({ run }: { run: JobRun }) {
  const digests = Array.isArray(run.result?.digests) ? run.result.digests.map(String) : [];
  return (
    <div className="mt-2 border-t border-line pt-3" role="status">
      <p>
        <b>With this grace period a collection {collectionWords(run)}.</b>
      </p>
      {digests.length > 0 && (
        <ul className="mt-2 text-sm text-ink-2">
          {digests.slice(0, SHOWN_DIGESTS).map((digest) => (
            <li key={digest}>
              <code className="break-all">{digest}</code>
            </li>
          ))}
          {digests.length > SHOWN_DIGESTS && <li>and {digests.length - SHOWN_DIGESTS} more</li>}
        </ul>
      )}
    </div>
  );
}
