import { describe, expect, it } from 'vitest';
import { EventCursor } from './event-cursor.js';

describe('a cursor of events', () => {
  it('asks again for ids that were passed over, until they come', () => {
    const cursor = new EventCursor();
    cursor.begin([7, 9], 0);
    expect({ last: cursor.last, missing: cursor.missing }).toEqual({ last: 9, missing: [8] });
    cursor.pass([12, 8], 0);
    expect({ last: cursor.last, missing: cursor.missing }).toEqual({ last: 12, missing: [10, 11] });
  });

  it('gives up on what was never committed', () => {
    const cursor = new EventCursor();
    cursor.begin([], 0);
    cursor.pass([3], 0);
    cursor.pass([4], 59_000);
    expect(cursor.missing).toEqual([1, 2]);
    cursor.pass([], 61_000);
    expect(cursor.missing).toEqual([]);
  });

  it('waits for a thousand at most', () => {
    const cursor = new EventCursor();
    cursor.pass([1_000_000], 0);
    expect(cursor.missing).toHaveLength(1000);
    expect(cursor.missing[0]).toBe(999_000);
  });
});
