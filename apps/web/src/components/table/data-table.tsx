import type { ReactNode } from 'react';
import { Scrollable } from '../scroll/scrollable';

/** A table that scrolls sideways by itself where it is wider than the page; `above` stands in the same frame. */
export function DataTable({
  label,
  above,
  children,
}: {
  label: string;
  above?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="overflow-hidden rounded-m border border-line bg-panel">
      {above && <div className="px-4 pt-3.5 pb-1.5">{above}</div>}
      <Scrollable label={label}>
        <table className="data-table">{children}</table>
      </Scrollable>
    </div>
  );
}
