'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useState } from 'react';
import { formatBytes } from '@/lib/format/bytes';
import { type Pushed, type PushProgress, summarize } from '@/lib/live/push-events';
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
  const pushes = usePushEvents(onPushed, repository);
  return (
    <>
      <p className="sr-only" role="status">
        {last}
      </p>
      {pushes.size > 0 && (
        <div className={className}>
          {[...pushes.values()].map((push) => (
            <PushRow key={push.repository} push={push} />
          ))}
        </div>
      )}
    </>
  );
}

function PushRow({ push }: { push: PushProgress }) {
  const { layers, finished, bytes, share } = summarize(push);
  return (
    <div className="border-b border-line px-4 py-3 last:border-b-0">
      <div className="mb-2 flex flex-wrap items-center gap-2.5">
        <b>{push.repository}</b>
        <span className="rounded-full border border-accent-line bg-accent-soft px-2 text-sm text-accent">
          pushing now
        </span>
        <span className="ml-auto text-md text-ink-3">
          {finished} of {layers} {layers === 1 ? 'layer' : 'layers'} · {formatBytes(bytes)} so far
        </span>
      </div>
      <progress aria-label={`Push of ${push.repository}`} className="progress" max={1} value={share} />
    </div>
  );
}
