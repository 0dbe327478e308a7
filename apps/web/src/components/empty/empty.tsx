import type { ReactNode } from 'react';

/** What stands where there is nothing yet: what would be here, and how to get it. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="rounded-m border border-dashed border-line-strong px-5 py-7">
      <h2 className="mb-1.5">{title}</h2>
      <div className="flex flex-col gap-2 text-ink-2">{children}</div>
    </div>
  );
}
