import { cancelJob, runJob } from '@/app/admin/jobs/actions';
import { formatBytes } from '@/lib/format/bytes';
import { counted } from '@/lib/format/count';
import type { JobRun } from '@/lib/registry-api/types';
import { ActionForm } from '../form/action-form';
import { SubmitButton } from '../form/submit-button';
import { RefreshWhile } from '../jobs/refresh-while';
import { RunProgress } from '../jobs/run-progress';
import { Panel } from '../panel/panel';
import { Time } from '../time/time';

const SHOWN = 20;

/** Compares the store with the database when an admin asks for it, and says what the last time found. */
export function StoreCheck({ runs }: { runs: readonly JobRun[] }) {
  const current = runs.find(({ finishedAt }) => finishedAt === null);
  const last = runs.find(({ finishedAt }) => finishedAt !== null);
  return (
    <Panel title="Check of the store">
      <RefreshWhile isRunning={current !== undefined} />
      <p className="mb-3 max-w-[75ch] text-md text-ink-2">
        Looks whether every blob is in the store with its size, and whether everything there belongs to one.
        It repairs nothing by itself: <code>berth fsck</code> does what you ask it for, and computes every
        hash.
      </p>
      {current ? <RunProgress label="the check" run={current} /> : last && <LastCheck run={last} />}
      <ActionForm action={current ? cancelJob : runJob} className="mt-3 flex flex-col items-start gap-2">
        <input name="job" type="hidden" value="fsck" />
        <SubmitButton disabled={current?.state === 'cancelling'} isSmall kind={current ? 'danger' : 'plain'}>
          {current ? 'Cancel the check' : 'Check now'}
        </SubmitButton>
      </ActionForm>
    </Panel>
  );
}

function LastCheck({ run }: { run: JobRun }) {
  const { result, finishedAt, error, state } = run;
  const when = finishedAt && <Time at={finishedAt} />;
  if (!result) {
    return (
      <p role="status">
        The last check {state === 'cancelled' ? 'was cancelled' : 'failed'} {when}. {error}
      </p>
    );
  }
  const { checked, bytes, differences } = result;
  const named = Array.isArray(result.named) ? result.named.map(String) : [];
  const isClean = differences === 0;
  return (
    <div role="status">
      <p className={isClean ? 'text-good' : 'text-bad'}>
        <b>{isClean ? 'No differences' : counted(Number(differences), 'difference')}</b> among{' '}
        {counted(Number(checked), 'blob')}, {formatBytes(Number(bytes))}. {when}
      </p>
      {named.length > 0 && (
        <ul className="mt-2 text-sm text-ink-2">
          {named.slice(0, SHOWN).map((name) => (
            <li key={name}>
              <code className="break-all">{name}</code>
            </li>
          ))}
          {Number(differences) > SHOWN && (
            <li>and {Number(differences) - Math.min(SHOWN, named.length)} more</li>
          )}
        </ul>
      )}
    </div>
  );
}
