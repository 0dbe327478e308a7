import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { likePatternsOf, matchesPatterns } from './tag-patterns.js';

/** Slow, and by the letter of the rule. */
function matchesSlowly(text: string, pattern: string): boolean {
  if (pattern === '') return text === '';
  if (pattern.startsWith('*')) {
    return Array.from({ length: text.length + 1 }, (_, at) => text.slice(at)).some((rest) =>
      matchesSlowly(rest, pattern.slice(1)),
    );
  }
  const isFirst = text !== '' && (pattern.startsWith('?') || pattern[0] === text[0]);
  return isFirst && matchesSlowly(text.slice(1), pattern.slice(1));
}

describe('patterns of tags', () => {
  it('match as their rule says', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(text, pattern, (tag, wanted) => {
        expect(matchesPatterns(tag, [wanted])).toBe(matchesSlowly(tag, wanted));
      }),
      { numRuns: 3000 },
    );
  });

  it('with exceptions', () => {
    const patterns = ['v*', '!v0.*', 'latest'];
    expect(['v1', 'v0.1', 'latest', 'x'].map((tag) => matchesPatterns(tag, patterns))).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(matchesPatterns('x', ['!v*'])).toBe(false);
  });

  it('take no time in proportion to more than their lengths', () => {
    const steps = matchesPatterns('a'.repeat(128), [`${'*a'.repeat(63)}*b`]);
    expect(steps).toBe(false);
  });

  it('are the same for SQL', () => {
    expect(likePatternsOf(['v_1*', '!?.2'])).toEqual({ like: ['v\\_1%'], unlike: ['_.2'] });
  });
});
