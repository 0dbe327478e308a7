import type { FormAction } from '@/lib/forms/form-state';
import { resultWords } from '@/lib/jobs/run-words';
import type { Job } from '@/lib/registry-api/types';
import { ActionForm } from '../form/action-form';
import { SubmitButton } from '../form/submit-button';
import { Time } from '../time/time';
import { RunProgress } from './run-progress';
import { RunState } from './run-state';

/** A job: what it does, its run of now, its last result, when it comes next. */
export function JobRow({ job, run, cancel }: { job: Job; run: FormAction; cancel: FormAction }) {
  const { current, last } = job;
  return (
    <tr>
      <td className="min-w-[200px]">
        <b>{job.name}</b>
        <div className="text-md text-ink-2">{job.title}</div>
      </td>
      <td className="min-w-[190px]">
        {current ? <RunProgress label={job.name} run={current} /> : <LastRun last={last} />}
      </td>
      <td className="text-ink-2">
        {job.nextAt ? <Time at={job.nextAt} /> : 'when asked for'}
        {job.schedule && (
          <div>
            <code className="text-sm whitespace-nowrap text-ink-3">{job.schedule}</code>
          </div>
        )}
      </td>
      <td>
        <ActionForm action={current ? cancel : run} className="flex flex-col items-end gap-2">
          <input name="job" type="hidden" value={job.name} />
          <SubmitButton
            aria-label={`${current ? 'Cancel' : 'Run now'}: ${job.name}`}
            disabled={current?.state === 'cancelling'}
            isSmall
            kind={current ? 'danger' : 'plain'}
          >
            {current ? 'Cancel' : 'Run now'}
          </SubmitButton>
        </ActionForm>
      </td>
    </tr>
  );
}

function LastRun({ last }: { last: Job['last'] }) {
  if (!last) return <span className="text-ink-3">not yet</span>;
  return (
    <>
      <RunState run={last} /> {last.finishedAt && <Time at={last.finishedAt} />}
      <div className="text-sm break-words text-ink-2">{last.error ?? resultWords(last.result)}</div>
    </>
  );
}
