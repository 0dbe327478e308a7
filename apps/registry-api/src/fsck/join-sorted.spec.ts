import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Joined, joinSorted } from './join-sorted.js';

const keyOf = { left: (item: string) => item, right: (item: string) => item };

async function* each(items: readonly string[]): AsyncGenerator<string> {
  yield* items;
}

async function joined(left: readonly string[], right: readonly string[]): Promise<Joined<string, string>[]> {
  const all: Joined<string, string>[] = [];
  for await (const pair of joinSorted(each(left), each(right), keyOf)) all.push(pair);
  return all;
}

describe('joinSorted', () => {
  it('gives every key once, in order, with the sides that have it', async () => {
    const keys = fc.uniqueArray(fc.stringMatching(/^[0-9a-f]{1,3}$/), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(keys, keys, async (left, right) => {
        const all = [...new Set([...left, ...right])].sort();
        expect(await joined(left.toSorted(), right.toSorted())).toEqual(
          all.map((key) => ({
            key,
            left: left.includes(key) ? key : undefined,
            right: right.includes(key) ? key : undefined,
          })),
        );
      }),
    );
  });

  it.each([
    { left: ['b', 'a'], right: [] },
    { left: [], right: ['a', 'a'] },
  ])('refuses a side that is out of order: $left, $right', async ({ left, right }) => {
    await expect(joined(left, right)).rejects.toThrow('not in the byte order');
  });
});
