import { formatCount } from '@/lib/format/count';
import { Link } from '../link/link';

export interface Tab {
  readonly label: string;
  readonly href: string;
  readonly isCurrent: boolean;
  readonly count?: number;
}

export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav
      aria-label={label}
      className="mt-3.5 mb-5 flex gap-[22px] overflow-x-auto shadow-[inset_0_-1px_0_var(--line)]"
    >
      {tabs.map((tab) => (
        <Link
          aria-current={tab.isCurrent ? 'page' : undefined}
          className="border-b-2 border-transparent py-[9px] whitespace-nowrap text-ink-2 hover:text-ink hover:no-underline aria-[current]:border-accent aria-[current]:font-semibold aria-[current]:text-ink"
          href={tab.href}
          key={tab.href}
          scroll={false}
        >
          {tab.label}
          {tab.count !== undefined && (
            <span className="ml-[5px] font-normal text-ink-3">{formatCount(tab.count)}</span>
          )}
        </Link>
      ))}
    </nav>
  );
}
