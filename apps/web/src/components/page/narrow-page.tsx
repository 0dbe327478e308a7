import type { ReactNode } from 'react';

/** A page of one short form. */
export function NarrowPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mx-auto mt-6 max-w-[400px]">
      <h1 className="mb-4">{title}</h1>
      <div className="rounded-m border border-line bg-panel p-5">{children}</div>
    </div>
  );
}
