import { describe, expect, it } from 'vitest';
import { ByteRate } from './byte-rate.js';

function clock() {
  let now = 1000;
  const waits: number[] = [];
  const wait = async (milliseconds: number) => {
    waits.push(milliseconds);
    now += milliseconds;
  };
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  return { now: () => now, wait, waits, pass };
}

describe('ByteRate', () => {
  it('makes readers wait for what they read', async () => {
    const time = clock();
    const rate = new ByteRate(1000, time.now, time.wait);
    for (let second = 0; second < 3; second++) await rate.spend(1000);
    expect(time.now()).toBe(4000);
  });

  it('saves nothing up while nobody reads', async () => {
    const time = clock();
    const rate = new ByteRate(1000, time.now, time.wait);
    time.pass(10_000);
    await rate.spend(500);
    expect(time.waits).toEqual([500]);
  });

  it('waits for nothing without a limit', async () => {
    const time = clock();
    await new ByteRate(undefined, time.now, time.wait).spend(1e12);
    expect(time.waits).toEqual([]);
  });
});
