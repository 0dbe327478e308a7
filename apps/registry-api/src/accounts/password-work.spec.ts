import { describe, expect, it } from 'vitest';
import { SignInBusy } from '../errors/domain-errors.js';
import { PasswordWork } from './password-work.js';

/** Work that ends when it is told to, and a look at how much of it runs. */
function pendingWork(work: PasswordWork, count: number) {
  const ends: (() => void)[] = [];
  const waited: boolean[] = [];
  const results = Array.from({ length: count }, (_, index) =>
    work.verifyInTurn(async (_verify, hasWaited) => {
      waited.push(hasWaited);
      await new Promise<void>((resolve) => ends.push(resolve));
      return index;
    }),
  );
  return { ends, waited, results };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('PasswordWork', () => {
  it('runs two at a time, the longest waiting first, and tells who has waited', async () => {
    const { ends, waited, results } = pendingWork(new PasswordWork(), 4);
    await settle();
    expect(waited).toEqual([false, false]);
    ends[1]?.();
    expect(await results[1]).toBe(1);
    await settle();
    expect(waited).toEqual([false, false, true]);
    ends[0]?.();
    ends[2]?.();
    await settle();
    ends[3]?.();
    expect(await Promise.all(results)).toEqual([0, 1, 2, 3]);
  });

  it('refuses who would wait behind a hundred, and goes on once they are through', async () => {
    const work = new PasswordWork();
    const { ends, results } = pendingWork(work, 102);
    await expect(work.hash('one too many')).rejects.toBeInstanceOf(SignInBusy);
    const all = Promise.all(results);
    for (let ended = 0; ended < 102; ended++) {
      await settle();
      ends[ended]?.();
    }
    expect(await all).toHaveLength(102);
    expect(await work.hash('there is room again')).toMatch(/^\$argon2id\$/);
  });

  it('gives the turn on after work that failed', async () => {
    const work = new PasswordWork();
    const failing = () => work.verifyInTurn(() => Promise.reject(new Error('broken')));
    for (let i = 0; i < 5; i++) await expect(failing()).rejects.toThrow('broken');
    expect(await work.verifyInTurn(async () => 'done')).toBe('done');
  });
});
