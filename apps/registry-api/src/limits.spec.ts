import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { limits } from './limits.js';

/** `| name | value | … |` of `docs/limits.md`. */
const documented = new Map(
  [...readFileSync('docs/limits.md', 'utf8').matchAll(/^\| `(\w+)` \| ([^|]+) \|/gm)].map(
    ([, name, value]) => [name, value?.trim()],
  ),
);

const units: readonly [string, number][] = [
  [' TiB', 1024 ** 4],
  [' MiB', 1024 ** 2],
  [' KiB', 1024],
  [' day', 24 * 60 * 60],
  [' s', 1],
  ['', 1],
];

describe('docs/limits.md', () => {
  it.each(Object.entries(limits))('says what %s is', (name, value) => {
    expect(toNumber(documented.get(name) ?? '')).toBe(value);
  });

  it('lists no limit that there is not', () => {
    expect([...documented.keys()].filter((name) => !Object.hasOwn(limits, name ?? ''))).toEqual([]);
  });
});

function toNumber(text: string): number {
  const [unit, factor] = units.find(([suffix]) => text.endsWith(suffix)) ?? ['', 1];
  return Number(text.slice(0, text.length - unit.length).replaceAll(',', '')) * factor;
}
