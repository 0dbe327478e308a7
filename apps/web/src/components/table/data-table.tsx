import type { ReactNode } from 'react';
import { Scrollable } from '../scroll/scrollable';

/** A table that scrolls sideways by itself where it is wider than the page. */
export function DataTable({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Scrollable className="bg-panel" label={label}>
      <table className="data-table">{children}</table>
    </Scrollable>
  );
}
