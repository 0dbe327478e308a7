import type { ReactNode } from 'react';

/** The heading of a page, what belongs beside it, and what can be done at the end of the line. */
export function PageHead({
  title,
  beside,
  end,
  children,
}: {
  title: ReactNode;
  beside?: ReactNode;
  end?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <>
      <div className="mb-1.5 flex flex-wrap items-center gap-x-3 gap-y-2.5">
        <h1 className="min-w-0">{title}</h1>
        {beside}
        {end && <div className="ml-auto flex max-w-full flex-wrap items-center gap-2">{end}</div>}
      </div>
      {children && <div className="mb-3 max-w-[75ch] text-ink-2">{children}</div>}
    </>
  );
}
