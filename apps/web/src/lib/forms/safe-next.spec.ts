import { describe, expect, it } from 'vitest';
import { safeNext } from './safe-next';

describe('where signing in leads', () => {
  it.each(['/', '/r/team/app/-/tags?q=1', '/explore?q=a%2Fb#x'])('to %s', (next) => {
    expect(safeNext(next)).toBe(next);
  });

  it.each([
    '',
    '//e',
    '/\\e',
    '/%5ce',
    '/%5C/e',
    'https://e',
    'javascript:alert(1)',
    'e',
    '/\t/e',
    '/\n//e',
    '\\\\e',
    '/r\\..\\e',
    '/.//e',
    '/%2Fe',
  ])('never elsewhere: %j', (next) => {
    expect(safeNext(next)).toBe('/');
  });
});
