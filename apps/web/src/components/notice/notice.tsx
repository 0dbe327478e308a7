import { clsx } from 'clsx';
import type { ReactNode } from 'react';

const tones = {
  plain: 'border-line bg-sunk text-ink',
  on: 'border-accent-line bg-accent-soft text-ink',
  warn: 'border-warn/40 bg-warn-soft text-warn',
  bad: 'border-bad/40 bg-bad-soft text-bad',
  good: 'border-good/40 bg-good-soft text-good',
};

/** A sentence that matters now. A bad one interrupts a screen reader, others wait. */
export function Notice({ tone = 'plain', children }: { tone?: keyof typeof tones; children: ReactNode }) {
  return (
    <div
      className={clsx('rounded-m border px-4 py-3 text-[13.5px]', tones[tone])}
      role={tone === 'bad' ? 'alert' : 'status'}
    >
      {children}
    </div>
  );
}
