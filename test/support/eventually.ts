import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits until `condition` gives something truthy, and returns it. An error thrown by it counts as "not yet".
 * Throws after `deadlineSeconds`, naming what was waited for and the last error.
 */
export async function eventually<T>(
  what: string,
  condition: () => T | Promise<T>,
  deadlineSeconds = 60,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + deadlineSeconds * 1000;
  let cause: unknown;
  while (Date.now() < deadline) {
    try {
      const value = await condition();
      if (value) return value;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await delay(50);
  }
  throw new Error(`waited ${deadlineSeconds} s in vain for: ${what}`, { cause });
}
