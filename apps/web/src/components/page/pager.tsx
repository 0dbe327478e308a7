import { LinkButton } from '../button/link-button';

/** The way to the next page of a list, and back to its beginning. */
export function Pager({ next, first }: { next?: string; first?: string }) {
  if (!next && !first) return null;
  return (
    <nav aria-label="Pages" className="mt-4 flex gap-2">
      {first && <LinkButton href={first}>First page</LinkButton>}
      {next && <LinkButton href={next}>Next page</LinkButton>}
    </nav>
  );
}
