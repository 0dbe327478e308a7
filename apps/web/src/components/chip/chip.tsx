import { clsx } from 'clsx';
import type { ReactNode } from 'react';

const tones = {
  plain: 'rounded-full border-line-strong bg-panel text-ink-2',
  code: 'rounded-s border-line bg-sunk font-mono text-xs text-ink-2',
  on: 'rounded-full border-accent-line bg-accent-soft text-accent',
  good: 'rounded-full border-transparent bg-good-soft text-good',
  warn: 'rounded-full border-transparent bg-warn-soft text-warn',
  bad: 'rounded-full border-transparent bg-bad-soft text-bad',
};

export type ChipTone = keyof typeof tones;

/** One short fact about what it stands beside. `code` is for what people type: platforms, tags. */
export function Chip({ tone = 'plain', children }: { tone?: ChipTone; children: ReactNode }) {
  return (
    <span
      className={clsx(
        'inline-flex min-h-[22px] max-w-full items-center gap-1.5 border px-2 align-middle text-sm leading-tight',
        tones[tone],
      )}
    >
      {children}
    </span>
  );
}
