import type { ReactNode } from 'react';
import { formatBytes } from '@/lib/format/bytes';
import { SliceDot, StackedBar } from '../image/stacked-bar';

export interface StoredBytes {
  readonly usedBytes: number;
  readonly sharedBytes: number;
  readonly savedBytes: number;
  /** Null: no limit. */
  readonly maxBytes: number | null;
}

/** How much is stored, and of it what several repositories share; against the quota where there is one. */
export function StorageBar({ stored }: { stored: StoredBytes }) {
  const { usedBytes, sharedBytes, savedBytes, maxBytes } = stored;
  const aloneBytes = Math.max(0, usedBytes - sharedBytes);
  const freeBytes = maxBytes === null ? 0 : Math.max(0, maxBytes - usedBytes);
  const slices = [
    { key: 'alone', label: 'in one repository', sizeBytes: aloneBytes, className: 'fill-accent' },
    { key: 'shared', label: 'in several', sizeBytes: sharedBytes, className: 'fill-accent-line' },
    { key: 'free', label: 'free', sizeBytes: freeBytes, className: 'fill-sunk' },
  ].filter(({ sizeBytes }) => sizeBytes > 0);
  return (
    <div>
      <p className="mb-2.5 flex flex-wrap items-baseline gap-x-2">
        <span className="text-3xl font-semibold tracking-[-0.015em] tabular-nums">
          {formatBytes(usedBytes)}
        </span>
        {maxBytes !== null && <span className="text-md text-ink-2">of {formatBytes(maxBytes)}</span>}
      </p>
      {slices.length > 0 && (
        <StackedBar
          isThin
          label={`${formatBytes(aloneBytes)} in one repository, ${formatBytes(sharedBytes)} in several`}
          slices={slices}
        />
      )}
      {usedBytes > 0 && (
        <ul className="mt-2.5 flex flex-wrap gap-x-4 gap-y-1 text-md text-ink-2">
          <Legend className="fill-accent">{formatBytes(aloneBytes)} in one repository</Legend>
          {sharedBytes > 0 && (
            <Legend className="fill-accent-line">{formatBytes(sharedBytes)} in several</Legend>
          )}
        </ul>
      )}
      {savedBytes > 0 && (
        <p className="mt-1.5 text-md text-ink-2">Sharing layers saves {formatBytes(savedBytes)}.</p>
      )}
    </div>
  );
}

function Legend({ className, children }: { className: string; children: ReactNode }) {
  return (
    <li className="whitespace-nowrap">
      <SliceDot className={className} />
      {children}
    </li>
  );
}
