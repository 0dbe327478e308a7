'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useState } from 'react';
import { formatBytes } from '@/lib/format/bytes';
import { type Pushed, type PushProgress, summarize } from '@/lib/live/push-events';
import { repositoryHref } from '@/lib/repository/links';
import { Chip } from '../chip/chip';
import { Link } from '../link/link';
import { usePushEvents } from './use-push-events';

/** Pushes as they happen; when one is done, the page around it is read anew. Takes no room while there is none. */
export function LivePushes({ repository, className }: { repository?: string; className?: string }) {
  const router = useRouter();
  const [last, setLast] = useState('');
  const onPushed = useCallback(
    (pushed: Pushed) => {
      setLast(`${pushed.repository}${pushed.tag ? `:${pushed.tag}` : ''} has been pushed.`);
      router.refresh();
    },
    [router],
  );
  const onRefused = useCallback(() => router.refresh(), [router]);
  const pushes = usePushEvents({ onPushed, onRefused }, repository);
  return (
    <>
      <p className="sr-only" role="status">
        {last}
      </p>
      {pushes.size > 0 && (
        <div className={className}>
          {[...pushes.values()].map((push) => (
            <PushRow isLinked={!repository} key={push.repository} push={push} />
          ))}
        </div>
      )}
    </>
  );
}

function PushRow({ push, isLinked }: { push: PushProgress; isLinked: boolean }) {
  const { layers, finished, bytes, share } = summarize(push);
  return (
    <div className="border-b border-line px-4 py-3 last:border-b-0">
      <div className="mb-2 flex flex-wrap items-center gap-2.5">
        {isLinked ? (
          <Link className="min-w-0 font-semibold break-all" href={repositoryHref(push.repository)}>
            {push.repository}
          </Link>
        ) : (
          <b className="min-w-0 break-all">{push.repository}</b>
        )}
        <Chip tone="on">pushing now</Chip>
        <span className="ml-auto text-md text-ink-3">
          {finished} of {layers} {layers === 1 ? 'layer' : 'layers'} · {formatBytes(bytes)} so far
        </span>
      </div>
      <progress aria-label={`Push of ${push.repository}`} className="progress" max={1} value={share} />
    </div>
  );
}
