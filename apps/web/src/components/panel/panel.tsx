import { clsx } from 'clsx';
import type { ReactNode } from 'react';

/** A box with a hairline around it. Without padding it holds a table or a list. */
export function Panel({
  title,
  isPadded = true,
  className,
  children,
}: {
  title?: ReactNode;
  isPadded?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section className={clsx('rounded-m border border-line bg-panel', isPadded && 'px-4 py-3.5', className)}>
      {title && <h2 className="mb-2.5">{title}</h2>}
      {children}
    </section>
  );
}
