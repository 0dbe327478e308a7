import { describe, expect, it } from 'vitest';
import { keptByRule, readRule } from './retention-form';

const typed = { tags: 'v*', keepLast: '', order: 'pushed', keepNewerThan: '', keepPulledWithin: '' };

describe('a rule that is typed', () => {
  it('is read with what is filled in', () => {
    expect(readRule({ ...typed, tags: ' v*, !v0.*  v* ', keepLast: ' 10', order: 'semver' })).toEqual({
      rule: { tags: ['v*', '!v0.*'], keepLast: 10, order: 'semver' },
    });
    expect(readRule({ ...typed, keepNewerThan: '30d', keepPulledWithin: '2w' })).toEqual({
      rule: { tags: ['v*'], order: 'pushed', keepNewerThan: '30d', keepPulledWithin: '2w' },
    });
  });

  it.each([
    [{ tags: '!v0.*', keepLast: '1' }, 'which tags the rule is for'],
    [{ tags: 'v/*', keepLast: '1' }, '“v/*” is no pattern'],
    [{ keepLast: '0' }, 'a whole number from 1'],
    [{ keepLast: '10001' }, 'a whole number from 1'],
    [{ keepLast: 'ten' }, 'a whole number from 1'],
    [{ keepNewerThan: '30 days' }, 'as in 30d or 12h'],
    [{ keepPulledWithin: '0d' }, 'as in 30d or 12h'],
    [{}, 'Say what stays'],
  ])('%j says what is missing', (changed, says) => {
    expect(readRule({ ...typed, ...changed })).toEqual({ problem: expect.stringContaining(says) });
  });

  it.each([
    [{ keepLast: 10 }, 'the last 10 pushed'],
    [{ keepLast: 1 }, 'the one pushed last'],
    [{ keepLast: 1, order: 'semver' as const }, 'the highest version'],
    [
      { keepLast: 3, order: 'semver' as const, keepPulledWithin: '90d' },
      'the 3 highest versions and what was pulled within 90d',
    ],
    [
      { keepLast: 3, keepNewerThan: '30d', keepPulledWithin: '90d' },
      'the last 3 pushed, what is younger than 30d, and what was pulled within 90d',
    ],
  ])('%j is told in words', (rule, words) => {
    expect(keptByRule({ tags: ['v*'], order: 'pushed', ...rule })).toBe(words);
  });
});
