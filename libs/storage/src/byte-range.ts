import type { ByteRange } from './blob-store.js';
import { RangeNotSatisfiable } from './errors.js';

/** The bytes asked for, all of them by default. Throws `RangeNotSatisfiable` unless the blob has every one of them. */
export function rangeWithin(range: ByteRange | undefined, sizeBytes: number): ByteRange {
  if (!range) return { start: 0, end: sizeBytes };
  if (!isRange(range) || range.end > sizeBytes) throw new RangeNotSatisfiable(sizeBytes);
  return range;
}

/** True for a range of at least one byte. */
export function isRange({ start, end }: ByteRange): boolean {
  return Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= 0 && start < end;
}
