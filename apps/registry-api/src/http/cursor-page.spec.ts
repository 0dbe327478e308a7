import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RequestInvalid } from '../errors/domain-errors.js';
import { cursorPageSchema, cutCursorPage, readCursor } from './cursor-page.js';

const keyOf = (item: string) => item;

describe('a page by cursor', () => {
  it('has no cursor when it is the last', () => {
    expect(cutCursorPage(['a', 'b'], { limit: 2 }, keyOf)).toEqual({ items: ['a', 'b'] });
    expect(cutCursorPage([], { limit: 2 }, keyOf)).toEqual({ items: [] });
  });

  it('hands out a cursor that leads to the entry after its last', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (key) => {
        fc.pre(!key.includes('\0'));
        const { nextCursor } = cutCursorPage([key, 'more'], { limit: 1 }, keyOf);
        expect(readCursor({ limit: 1, cursor: nextCursor })).toBe(key);
      }),
    );
  });

  it.each([
    '',
    '!',
    'a',
    Buffer.from('a\0b').toString('base64url'),
    Buffer.from([0xff]).toString('base64url'),
  ])('refuses %j, which it never handed out', (cursor) => {
    expect(() => readCursor({ limit: 1, cursor })).toThrow(RequestInvalid);
  });

  it.each(['0', '101', '-1', 'abc', '1.5', '', '1000'])('refuses limit=%j', (limit) => {
    expect(cursorPageSchema.safeParse({ limit }).success).toBe(false);
  });
});
