import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseContentRange, parseRangeHeader } from './range.js';

describe('parseContentRange', () => {
  it('reads both positions', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (a, b) => {
        const [start, endInclusive] = [Math.min(a, b), Math.max(a, b)];
        expect(parseContentRange(`${start}-${endInclusive}`)).toEqual({ start, endInclusive });
        expect(parseContentRange(`bytes ${start}-${endInclusive}`)).toEqual({ start, endInclusive });
        if (a !== b) expect(parseContentRange(`${endInclusive}-${start}`)).toBeUndefined();
      }),
    );
  });

  it.each([
    '',
    '-',
    '0-',
    '-1',
    '5-3',
    '0--1',
    '1.5-2',
    '0x1-2',
    '0-9007199254740992',
    '9223372036854775808-9223372036854775809',
    ' 0-1',
    '0-1\n',
    '0-1,2-3',
    'bytes=0-1',
    'bytes */5',
  ])('refuses %j', (header) => {
    expect(parseContentRange(header)).toBeUndefined();
  });

  it('refuses a number of any length', () => {
    expect(parseContentRange(`0-${'9'.repeat(100_000)}`)).toBeUndefined();
  });
});

describe('parseRangeHeader', () => {
  const sizes = fc.integer({ min: 1, max: 1000 });

  it('gives exactly the bytes that the header names', () => {
    fc.assert(
      fc.property(sizes, fc.nat(1200), fc.nat(1200), (size, first, last) => {
        const bytes = Array.from({ length: size }, (_, position) => position);
        const named = bytes.filter((position) => position >= first && position <= last);
        const range = parseRangeHeader(`bytes=${first}-${last}`, size);
        if (named.length === 0) expect(range).toBe('unsatisfiable');
        else expect(sliceOf(bytes, range)).toEqual(named);
      }),
    );
  });

  it('gives an open end and a suffix', () => {
    fc.assert(
      fc.property(sizes, fc.nat(1200), (size, n) => {
        const bytes = Array.from({ length: size }, (_, position) => position);
        const open = parseRangeHeader(`bytes=${n}-`, size);
        if (n < size) expect(sliceOf(bytes, open)).toEqual(bytes.slice(n));
        else expect(open).toBe('unsatisfiable');
        const suffix = parseRangeHeader(`bytes=-${n}`, size);
        if (n > 0) expect(sliceOf(bytes, suffix)).toEqual(bytes.slice(-n));
        else expect(suffix).toBe('unsatisfiable');
      }),
    );
  });

  it.each([
    [undefined, 10],
    ['', 10],
    ['bytes=', 10],
    ['bytes=-', 10],
    ['bytes=a-b', 10],
    ['bytes=0-1,3-4', 10],
    ['lines=0-1', 10],
    ['bytes 0-1', 10],
    ['bytes=--1', 10],
    ['bytes=-5', 0],
  ])('answers the whole for %j of %i bytes', (header, sizeBytes) => {
    expect(parseRangeHeader(header, sizeBytes)).toBeUndefined();
  });

  it('answers the whole for a great many ranges', () => {
    expect(parseRangeHeader(`bytes=${'0-0,'.repeat(500)}1-1`, 10)).toBeUndefined();
  });

  it('is not led astray by numbers beyond 2^53', () => {
    expect(parseRangeHeader('bytes=0-99999999999999999999', 10)).toEqual({ start: 0, end: 10 });
    expect(parseRangeHeader(`bytes=-${'9'.repeat(400)}`, 10)).toEqual({ start: 0, end: 10 });
    expect(parseRangeHeader(`bytes=${'9'.repeat(400)}-`, 10)).toBe('unsatisfiable');
    expect(parseRangeHeader('Bytes= 0-0 ', 10)).toEqual({ start: 0, end: 1 });
    expect(parseRangeHeader('bytes=0-0', 0)).toBe('unsatisfiable');
  });
});

function sliceOf(bytes: number[], range: ReturnType<typeof parseRangeHeader>): number[] {
  if (typeof range !== 'object') throw new Error(`no range but ${range}`);
  return bytes.slice(range.start, range.end);
}
