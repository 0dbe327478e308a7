import type { ReactNode } from 'react';
import type { JobRun } from '@/lib/registry-api/types';
import { DataTable } from '../table/data-table';
import { Time } from '../time/time';
import { RunState } from './run-state';

/** Runs of one job, the newest first; `describe` says what each has done. */
export function RunTable({
  runs,
  describe,
}: {
  runs: readonly JobRun[];
  describe: (run: JobRun) => ReactNode;
}) {
  return (
    <DataTable label="Last runs">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Asked for by</th>
          <th scope="col">State</th>
          <th scope="col">What it did</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <tr key={run.id}>
            <td className="text-ink-2">
              <Time at={run.startedAt ?? run.queuedAt} />
            </td>
            <td>{run.requestedBy ?? <span className="text-ink-3">schedule</span>}</td>
            <td>
              <RunState run={run} />
            </td>
            <td className="min-w-[180px]">{run.error ?? describe(run)}</td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
