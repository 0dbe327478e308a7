'use client';

import { usePathname } from 'next/navigation';
import { Link } from '../link/link';

export function SideLink({ href, children }: { href: string; children: string }) {
  const isCurrent = usePathname() === href;
  return (
    <Link
      aria-current={isCurrent ? 'page' : undefined}
      className="rounded-s px-2.5 py-1.5 text-[13.5px] text-ink-2 hover:bg-sunk hover:text-ink hover:no-underline aria-[current]:bg-accent-soft aria-[current]:font-semibold aria-[current]:text-accent"
      href={href}
    >
      {children}
    </Link>
  );
}
