import type { ClientRequest } from 'node:http';

/** Longest silence before somebody asks whether the store answers at all. */
const SILENCE_MS = 1_000;

/**
 * Watches a request that may take its time. When nothing has passed for a while, and the store does not answer
 * another, small request either, `onDead` is called.
 */
export function watchSilence(
  request: ClientRequest,
  isAnswering: () => Promise<boolean>,
  onDead: () => void,
): void {
  let passed = -1;
  let isAsking = false;
  const look = async () => {
    const before = passed;
    passed = bytesPassed(request);
    if (passed !== before || isAsking) return;
    isAsking = true;
    const isDead = !(await isAnswering()) && bytesPassed(request) === passed;
    isAsking = false;
    if (isDead && !request.destroyed) onDead();
  };
  const timer = setInterval(() => void look(), SILENCE_MS);
  request.once('close', () => clearInterval(timer));
}

function bytesPassed({ socket }: ClientRequest): number {
  return socket ? socket.bytesRead + socket.bytesWritten : 0;
}
