import { formatCount } from '@/lib/format/count';
import type { Repository } from '@/lib/registry-api/types';
import { Sparkline } from '../chart/sparkline';
import { Panel } from '../panel/panel';
import { Time } from '../time/time';

/** Pulls over the last 30 days, and since the beginning. */
export function PullStatistics({ repository }: { repository: Repository }) {
  const { pullsByDay, pullCount, lastPulledAt } = repository;
  const recent = pullsByDay.reduce((sum, { count }) => sum + count, 0);
  return (
    <Panel title="Pulls, last 30 days">
      <p className="text-[24px] leading-[1.15] font-bold tracking-[-0.02em]">{formatCount(recent)}</p>
      <Sparkline days={pullsByDay} label="Pulls a day over 30 days" />
      <p className="mt-1.5 text-sm text-ink-3">
        {formatCount(pullCount)} in all
        {lastPulledAt && (
          <>
            , the last <Time at={lastPulledAt} />
          </>
        )}
      </p>
    </Panel>
  );
}
