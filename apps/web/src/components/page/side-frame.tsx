import type { ReactNode } from 'react';
import { SideLink } from './side-link';

/** Pages that share a column of links at the side. */
export function SideFrame({
  label,
  links,
  children,
}: {
  label: string;
  links: readonly (readonly [href: string, text: string])[];
  children: ReactNode;
}) {
  return (
    <div className="columns-filters">
      <nav aria-label={label} className="flex flex-wrap gap-x-4 gap-y-0.5 min-[860px]:flex-col">
        {links.map(([href, text]) => (
          <SideLink href={href} key={href}>
            {text}
          </SideLink>
        ))}
      </nav>
      <div className="min-w-0">{children}</div>
    </div>
  );
}
