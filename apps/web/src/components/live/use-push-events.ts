'use client';

import { useEffect, useState } from 'react';
import type { Pushed, PushProgress } from '@/lib/live/push-events';

/**
 * Pushes going on, by repository, and a word about each that ends. The stream rests while nobody looks at the tab:
 * browsers allow few connections to one host over HTTP/1.1.
 */
export function usePushEvents(
  onPushed: (pushed: Pushed) => void,
  repository?: string,
): ReadonlyMap<string, PushProgress> {
  const [pushes, setPushes] = useState<ReadonlyMap<string, PushProgress>>(new Map());
  useEffect(() => {
    let stream: EventSource | undefined;
    const set = (name: string, push?: PushProgress) =>
      setPushes((known) => {
        const others = [...known].filter(([other]) => other !== name);
        return new Map(push && push.uploads.length > 0 ? [...others, [name, push]] : others);
      });
    const open = () => {
      stream = new EventSource(
        `/api/v1/events${repository ? `?repository=${encodeURIComponent(repository)}` : ''}`,
      );
      stream.addEventListener('push-progress', ({ data }) => {
        const push = JSON.parse(data) as PushProgress;
        set(push.repository, push);
      });
      stream.addEventListener('pushed', ({ data }) => {
        const pushed = JSON.parse(data) as Pushed;
        set(pushed.repository);
        onPushed(pushed);
      });
    };
    const follow = () => {
      stream?.close();
      if (document.visibilityState === 'visible') open();
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      stream?.close();
    };
  }, [onPushed, repository]);
  return pushes;
}
