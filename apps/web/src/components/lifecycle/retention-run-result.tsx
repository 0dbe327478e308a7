import { counted } from '@/lib/format/count';
import type { RetentionRun } from '@/lib/registry-api/types';
import { trashHref } from '@/lib/repository/links';
import { Link } from '../link/link';
import { Notice } from '../notice/notice';

/** What a run has removed, and how it comes back. */
export function RetentionRunResult({ name, run }: { name: string; run: RetentionRun }) {
  return (
    <div className="col-span-full">
      <Notice tone="good">
        {counted(run.tagCount, 'tag')} and {counted(run.manifestCount, 'manifest')} are in trash now. The list
        of runs below restores all of it, and the{' '}
        <Link className="underline" href={trashHref(name)}>
          trash
        </Link>{' '}
        restores single images.
      </Notice>
    </div>
  );
}
