import { progressWords } from '@/lib/jobs/run-words';
import type { JobRun } from '@/lib/registry-api/types';
import { RunState } from './run-state';

/** How far a run is that is queued or under way. */
export function RunProgress({ run, label }: { run: JobRun; label: string }) {
  const { done, total } = run.progress;
  const share = total ? { max: total, value: Math.min(done, total) } : {};
  return (
    <div className="min-w-[180px]">
      <div className="mb-1.5 flex flex-wrap items-center gap-2">
        <RunState run={run} />
        <span className="text-sm text-ink-2">{run.error ?? progressWords(run)}</span>
      </div>
      <progress aria-label={`Progress of ${label}`} className="progress" {...share} />
    </div>
  );
}
