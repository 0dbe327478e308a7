import { Link } from '../link/link';

export interface SegmentLink {
  readonly label: string;
  readonly href: string;
  readonly isCurrent: boolean;
}

/** A choice among a few views of the same thing, each with an address. */
export function SegmentedLinks({ label, links }: { label: string; links: readonly SegmentLink[] }) {
  return (
    <nav aria-label={label} className="segment">
      {links.map(({ label: text, href, isCurrent }) => (
        <Link
          aria-current={isCurrent ? 'true' : undefined}
          className="segment-item"
          href={href}
          key={text}
          scroll={false}
        >
          {text}
        </Link>
      ))}
    </nav>
  );
}
