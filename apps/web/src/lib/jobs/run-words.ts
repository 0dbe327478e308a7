import { formatBytes } from '../format/bytes';
import type { JobRun } from '../registry-api/types';

/** `2 minutes`, `40 seconds`: how long something may still take. */
export function formatSeconds(seconds: number): string {
  const [count, unit] =
    seconds < 90 ? [seconds, 'second'] : seconds < 5400 ? [seconds / 60, 'minute'] : [seconds / 3600, 'hour'];
  const rounded = Math.max(1, Math.round(count));
  return `${rounded} ${unit}${rounded === 1 ? '' : 's'}`;
}

/** `1,204 of 5,000, 3.5 MB, about 40 seconds to go`; the bytes are those of what was done. */
export function progressWords({ progress: { done, total, bytes, etaSeconds } }: JobRun): string {
  const count = new Intl.NumberFormat('en');
  const words = [total ? `${count.format(done)} of ${count.format(total)}` : count.format(done)];
  if (bytes > 0) words.push(formatBytes(bytes));
  if (etaSeconds !== null) words.push(`about ${formatSeconds(etaSeconds)} to go`);
  return words.join(', ');
}

/** What a run has done, in a line: `removed: 3, bytes: 1204`. Long lists stay where they are. */
export function resultWords(result: JobRun['result']): string {
  return Object.entries(result ?? {})
    .filter(([, value]) => typeof value !== 'object')
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');
}
