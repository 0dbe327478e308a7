import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { limits } from './limits.js';

const page = readFileSync(join(import.meta.dirname, '../../../docs/limits.md'), 'utf8');
const rows = new Map(
  [...page.matchAll(/^\| `(\w+)` \| ([^|]+) \| ([^|]+) \|$/gm)].map(([, name, value, beyond]) => [
    name,
    { value, beyond },
  ]),
);

describe('docs/limits.md', () => {
  it('tells every limit and no other', () => {
    expect([...rows.keys()].sort()).toEqual(Object.keys(limits).sort());
  });

  it.each(Object.entries(limits))('tells the value of %s, and what happens beyond it', (name, value) => {
    expect(rows.get(name)?.value).toBe(written(name, value));
    expect(rows.get(name)?.beyond).toMatch(/\w/);
  });
});

function written(name: string, value: number): string {
  if (name.endsWith('Bytes')) return inUnits(value, 1024, ['bytes', 'KiB', 'MiB', 'GiB', 'TiB']);
  if (name.endsWith('Seconds')) return value % 3600 === 0 ? `${value / 3600} h` : `${value} s`;
  return value.toLocaleString('en');
}

function inUnits(value: number, base: number, units: string[]): string {
  const [unit, ...larger] = units;
  return value >= base && larger.length > 0 ? inUnits(value / base, base, larger) : `${value} ${unit}`;
}
