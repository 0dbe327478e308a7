import type { ReactNode } from 'react';

/** What can be done with the ticked rows; it stays in sight while there are any. */
export function SelectionBar({ count, children }: { count: number; children: ReactNode }) {
  if (count === 0) return null;
  return (
    <div className="sticky bottom-3 z-10 mx-auto mt-3 flex w-fit items-center gap-3 rounded-m border border-line-strong bg-panel px-4 py-2.5 shadow-lg">
      <span role="status">{count} selected</span>
      {children}
    </div>
  );
}
