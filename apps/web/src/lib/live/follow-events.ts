import type { Pushed, PushProgress } from './push-events';

const AGAIN_MILLISECONDS = 30_000;

export interface Follower {
  onProgress(push: PushProgress): void;
  onPushed(pushed: Pushed): void;
  /** Nothing is known of what goes on: the stream begins (again). */
  onBegin(): void;
  /** What was followed until now may not be followed any more. */
  onRefused(): void;
}

/**
 * Follows the stream of events, of one repository or of all one's own; call the answer to stop. Where it was
 * interrupted it goes on: the browser comes back by itself after a broken connection, and this after a refusal. It rests
 * while nobody looks at the tab: browsers allow few connections to one host over HTTP/1.1.
 */
export function followEvents(repository: string | undefined, follower: Follower): () => void {
  let stream: EventSource | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let after: string | undefined;
  let hasBegun = false;
  let isCut = false;
  const open = () => {
    stream = new EventSource(addressOf(repository, after));
    stream.addEventListener('ready', ({ lastEventId }) => {
      hasBegun = true;
      isCut = false;
      after = lastEventId;
      follower.onBegin();
    });
    stream.addEventListener('push-progress', ({ data }) => follower.onProgress(JSON.parse(data)));
    stream.addEventListener('pushed', ({ data, lastEventId }) => {
      after = lastEventId;
      follower.onPushed(JSON.parse(data));
    });
    stream.addEventListener('error', () => {
      follower.onBegin();
      const isClosed = stream?.readyState === EventSource.CLOSED;
      if (isClosed) again = setTimeout(open, AGAIN_MILLISECONDS);
      // Who comes back may be refused. A stream that nothing has cut is closed by the browser, as a page is left.
      if (isClosed && isCut && hasBegun) {
        hasBegun = false;
        follower.onRefused();
      }
      isCut = true;
    });
  };
  const close = () => {
    clearTimeout(again);
    stream?.close();
    isCut = true;
  };
  const look = () => {
    close();
    if (document.visibilityState === 'visible') open();
  };
  look();
  document.addEventListener('visibilitychange', look);
  return () => {
    document.removeEventListener('visibilitychange', look);
    close();
  };
}

function addressOf(repository: string | undefined, after: string | undefined): string {
  const query = new URLSearchParams();
  if (repository !== undefined) query.set('repository', repository);
  if (after !== undefined) query.set('after', after);
  return `/api/v1/events?${query}`;
}
