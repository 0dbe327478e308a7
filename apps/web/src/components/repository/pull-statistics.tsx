import { formatCount } from '@/lib/format/count';
import { type DayCount, Sparkline } from '../chart/sparkline';
import { Panel } from '../panel/panel';
import { Time } from '../time/time';

const SHOWN_DAYS = 30;

/** Pulls over the last 30 days, and since the beginning. */
export function PullStatistics({
  days,
  pullCount,
  lastPulledAt,
}: {
  /** Today last. */
  days: readonly DayCount[];
  pullCount: number;
  lastPulledAt: string | null;
}) {
  const shown = days.slice(-SHOWN_DAYS);
  const recent = shown.reduce((sum, { count }) => sum + count, 0);
  return (
    <Panel title={`Pulls, last ${SHOWN_DAYS} days`}>
      <p className="text-[24px] leading-[1.15] font-bold tracking-[-0.02em]">{formatCount(recent)}</p>
      <Sparkline days={shown} label={`Pulls a day over ${SHOWN_DAYS} days`} />
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
