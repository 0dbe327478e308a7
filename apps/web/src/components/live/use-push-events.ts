'use client';

import { useEffect, useState } from 'react';
import { followEvents } from '@/lib/live/follow-events';
import type { Pushed, PushProgress } from '@/lib/live/push-events';

/** Pushes going on, by repository, and a word about each that ends and when there is nothing more to follow. */
export function usePushEvents(
  { onPushed, onRefused }: { onPushed: (pushed: Pushed) => void; onRefused: () => void },
  repository?: string,
): ReadonlyMap<string, PushProgress> {
  const [pushes, setPushes] = useState<ReadonlyMap<string, PushProgress>>(new Map());
  useEffect(
    () =>
      followEvents(repository, {
        onBegin: () => setPushes((known) => (known.size === 0 ? known : new Map())),
        onProgress: (push) => setPushes((known) => withPush(known, push)),
        onPushed,
        onRefused,
      }),
    [onPushed, onRefused, repository],
  );
  return pushes;
}

function withPush(
  known: ReadonlyMap<string, PushProgress>,
  push: PushProgress,
): ReadonlyMap<string, PushProgress> {
  const next = new Map(known);
  if (push.uploads.length > 0) next.set(push.repository, push);
  else next.delete(push.repository);
  return next;
}
