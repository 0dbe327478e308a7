import { setTimeout as delay } from 'node:timers/promises';

const PAUSE_SECONDS = 2;
/** What Postgres and the network say of a server that is not there yet, or just starts or stops. */
const NOT_YET =
  /^(08|57P0)|^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/;

/**
 * Does what a part of Berth is needed for, again and again while that part does not answer, and says each time in one
 * line that it waits.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @param {{ withinSeconds: number, isStopping?: () => boolean, say?: (line: string) => void, pauseSeconds?: number }} options
 * @returns {Promise<T>}
 */
export async function waitingForPart(work, options) {
  const {
    withinSeconds,
    isStopping = () => false,
    say = console.log,
    pauseSeconds = PAUSE_SECONDS,
  } = options;
  const deadline = performance.now() + withinSeconds * 1000;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const left = Math.round((deadline - performance.now()) / 1000);
      if (!isNotThereYet(error) || left < pauseSeconds || isStopping()) throw error;
      say(`  ${error instanceof Error ? error.message : error} Tried again for ${left} s.`);
      await delay(pauseSeconds * 1000);
    }
  }
}

/** @param {unknown} error @returns {boolean} */
function isNotThereYet(error) {
  for (let each = error; each instanceof Error; each = each.cause) {
    const { code } = /** @type {{ code?: unknown }} */ (each);
    if (typeof code === 'string' && NOT_YET.test(code)) return true;
    if (each.name === 'StoreUnavailable' && !(each.cause instanceof Error)) return false;
  }
  return false;
}
