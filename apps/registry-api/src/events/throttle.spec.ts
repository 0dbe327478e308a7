import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Throttle } from './throttle.js';

describe('a throttle', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('works at once when it rested, and then once in a while', async () => {
    let runs = 0;
    const throttle = new Throttle(500, async () => {
      runs += 1;
    });
    for (let ask = 0; ask < 3; ask += 1) throttle.soon();
    await vi.advanceTimersByTimeAsync(0);
    expect(runs).toBe(1);
    for (let ask = 0; ask < 3; ask += 1) throttle.soon();
    await vi.advanceTimersByTimeAsync(499);
    expect(runs).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(runs).toBe(2);
    await vi.advanceTimersByTimeAsync(5000);
    expect(runs).toBe(2);
  });

  it('never works twice at once, and forgets nothing that was asked for meanwhile', async () => {
    let [running, most, runs] = [0, 0, 0];
    const throttle = new Throttle(10, async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 100));
      running -= 1;
      runs += 1;
    });
    throttle.soon();
    await vi.advanceTimersByTimeAsync(50);
    throttle.soon();
    await vi.advanceTimersByTimeAsync(1000);
    expect({ most, runs }).toEqual({ most: 1, runs: 2 });
  });
});
