import { AsyncLocalStorage } from 'node:async_hooks';

const requestIds = new AsyncLocalStorage<string>();

/** Runs `serve`, and whatever it begins, as part of the request with this id. */
export function whileServing(requestId: string, serve: () => void): void {
  requestIds.run(requestId, serve);
}

/** What every line of the log tells of the request that is being served; nothing outside of one. */
export function requestFields(): { requestId?: string } {
  const requestId = requestIds.getStore();
  return requestId === undefined ? {} : { requestId };
}
