import { CommandFailure, exitCodes } from './failure.js';

/** Aborted by Ctrl-C or SIGTERM, so that a long command ends in order; no longer once it is disposed of. */
export function stopSignal(): Disposable & { readonly signal: AbortSignal } {
  const stop = new AbortController();
  const onSignal = () => stop.abort(new CommandFailure('Stopped.', exitCodes.interrupted));
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return {
    signal: stop.signal,
    [Symbol.dispose]: () => {
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    },
  };
}
