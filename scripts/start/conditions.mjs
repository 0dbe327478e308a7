import { setTimeout as delay } from 'node:timers/promises';

/**
 * Looks again and again until `condition` answers something truthy, and returns that.
 *
 * @template T
 * @param {() => T | Promise<T>} condition
 * @param {{ withinSeconds: number, everyMilliseconds?: number }} options
 * @returns {Promise<T | undefined>} undefined when the time is over
 */
export async function until(condition, { withinSeconds, everyMilliseconds = 20 }) {
  const deadline = performance.now() + withinSeconds * 1000;
  for (;;) {
    const answer = await condition();
    if (answer) return answer;
    if (performance.now() > deadline) return undefined;
    await delay(everyMilliseconds);
  }
}
