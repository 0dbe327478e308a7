import { abridgedDigest } from '@/lib/format/digest';
import { manifestHref, tagHref } from '@/lib/repository/links';
import type { Restoration } from '@/lib/trash/restoration';
import { Link } from '../link/link';
import { Notice } from '../notice/notice';

/** Says what came back, and which tags did not since they are somewhere else by now. */
export function JustRestored({
  name,
  restoration: { reference, takenTags },
}: {
  name: string;
  restoration: Restoration;
}) {
  const isDigest = reference.includes(':');
  return (
    <Notice tone="good">
      Restored{' '}
      <Link className="underline" href={isDigest ? manifestHref(name, reference) : tagHref(name, reference)}>
        <code>{isDigest ? abridgedDigest(reference) : reference}</code>
      </Link>
      .
      {takenTags.length > 0 && (
        <>
          {' '}
          Pushed again since, and left where it is: <code>{takenTags.join(', ')}</code>.
        </>
      )}
    </Notice>
  );
}
