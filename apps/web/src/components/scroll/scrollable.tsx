import { clsx } from 'clsx';
import type { ReactNode } from 'react';

/** What may be wider than the page scrolls by itself, by keyboard as well. */
export function Scrollable({
  label,
  className,
  children,
}: {
  label: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section
      aria-label={label}
      className={clsx('relative overflow-x-auto focus-visible:-outline-offset-2', className)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
    >
      {children}
    </section>
  );
}
