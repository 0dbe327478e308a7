'use client';

import { usePathname } from 'next/navigation';
import { Link } from '../link/link';

/** A link of the header that knows when one is there. */
export function HeaderLink({ href, children }: { href: string; children: string }) {
  const path = usePathname();
  return (
    <Link
      aria-current={path === href || path.startsWith(`${href}/`) ? 'page' : undefined}
      className="text-ink-2 hover:text-ink aria-[current]:font-semibold aria-[current]:text-ink"
      href={href}
    >
      {children}
    </Link>
  );
}
