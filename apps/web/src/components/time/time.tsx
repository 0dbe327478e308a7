import { formatExact, formatRelative } from '@/lib/format/time';

/** How long ago or ahead; the exact time on hover. */
export function Time({ at }: { at: string }) {
  const instant = new Date(at);
  return (
    <time className="whitespace-nowrap" dateTime={at} title={formatExact(instant)}>
      {formatRelative(instant, new Date())}
    </time>
  );
}
