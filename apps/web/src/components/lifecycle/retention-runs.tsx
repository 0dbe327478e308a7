import { formatBytes } from '@/lib/format/bytes';
import { counted } from '@/lib/format/count';
import { found, registryApi } from '@/lib/registry-api/client';
import { ActionForm } from '../form/action-form';
import { SubmitButton } from '../form/submit-button';
import { DataTable } from '../table/data-table';
import { Time } from '../time/time';
import { previewOrRun, restoreRun } from './retention-actions';

const SHOWN_RUNS = '5';

/** What a run would do now, when the next one comes, and what the last ones did. */
export async function RetentionRuns({ name }: { name: string }) {
  const api = await registryApi();
  const { items, nextAt } = await found(
    api.GET('/api/v1/repositories/{name}/retention/runs', {
      params: { path: { name }, query: { limit: SHOWN_RUNS } },
    }),
  );
  return (
    <div className="mt-4 grid grid-cols-1 gap-3 border-t border-line pt-4">
      <ActionForm action={previewOrRun.bind(null, name)} className="grid grid-cols-1 gap-3">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <SubmitButton name="do" value="preview">
            Preview
          </SubmitButton>
          <span className="text-sm text-ink-2">
            What a run would remove now.{' '}
            {nextAt && (
              <>
                The next one comes <Time at={nextAt} />.
              </>
            )}
          </span>
        </div>
      </ActionForm>
      {items.length > 0 ? (
        <ActionForm action={restoreRun.bind(null, name)} className="grid grid-cols-1 gap-3">
          <DataTable label="Last runs">
            <thead>
              <tr>
                <th scope="col">Last runs</th>
                <th scope="col">By</th>
                <th scope="col">Removed</th>
                <th className="num" scope="col">
                  Frees
                </th>
                <th scope="col">Undo</th>
              </tr>
            </thead>
            <tbody>
              {items.map(({ id, finishedAt, runBy, tagCount, manifestCount, freedBytes, isRestorable }) => (
                <tr key={id}>
                  <td className="text-ink-2">
                    <Time at={finishedAt} />
                  </td>
                  <td>{runBy === 'system' ? <span className="text-ink-3">schedule</span> : runBy}</td>
                  <td className="min-w-[140px]">
                    {tagCount + manifestCount === 0
                      ? 'nothing'
                      : `${counted(tagCount, 'tag')}, ${counted(manifestCount, 'manifest')}`}
                  </td>
                  <td className="num">{formatBytes(freedBytes)}</td>
                  <td>
                    {isRestorable && (
                      <SubmitButton isSmall kind="plain" name="run" value={id}>
                        Restore
                      </SubmitButton>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </DataTable>
        </ActionForm>
      ) : (
        <p className="text-sm text-ink-2">It has not run here yet.</p>
      )}
    </div>
  );
}
