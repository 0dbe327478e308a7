import { describe, expect, it } from 'vitest';
import { PaginationInvalid } from '../errors/domain-errors.js';
import { limits } from '../limits.js';
import { cutPage, parsePage } from './pagination.js';

const nameOf = (entry: string) => entry;

describe('parsePage', () => {
  it.each([
    { query: {}, size: limits.pageSize },
    { query: { n: '0' }, size: 0 },
    { query: { n: '1' }, size: 1 },
    { query: { n: '1000' }, size: 1000 },
    { query: { n: '1001' }, size: 1000 },
    { query: { n: '99999999999' }, size: 1000 },
  ])('reads $query as $size entries', ({ query, size }) => {
    expect(parsePage(query).size).toBe(size);
  });

  it.each(['', '-1', 'abc', '1.5', '+1', '0x10', ' 1', '1e3', '9'.repeat(17), ['1', '2'], { a: '1' }])(
    'refuses n=%j',
    (n) => {
      expect(() => parsePage({ n })).toThrow(PaginationInvalid);
    },
  );

  it('takes last as it is, and only a single one', () => {
    expect(parsePage({ last: 'a/b&c' }).last).toBe('a/b&c');
    expect(parsePage({ last: ['a', 'b'] }).last).toBeUndefined();
    expect(parsePage({ last: 'a\0b' }).last).toBe('a');
  });
});

describe('cutPage', () => {
  it('links to the next page when more was found than asked for', () => {
    expect(cutPage(['a', 'b', 'c'], { size: 2 }, '/v2/x/tags/list', nameOf)).toEqual({
      entries: ['a', 'b'],
      link: '</v2/x/tags/list?n=2&last=b>; rel="next"',
    });
  });

  it('has no link on the last page', () => {
    expect(cutPage(['a', 'b'], { size: 2 }, '/v2/x/tags/list', nameOf)).toEqual({ entries: ['a', 'b'] });
  });

  it('is empty and has no link when nothing was asked for', () => {
    expect(cutPage(['a'], { size: 0 }, '/v2/x/tags/list', nameOf)).toEqual({ entries: [] });
  });

  it('escapes the last entry', () => {
    const { link } = cutPage(['a/b&c>', 'd'], { size: 1 }, '/v2/_catalog', nameOf);
    expect(link).toBe('</v2/_catalog?n=1&last=a%2Fb%26c%3E>; rel="next"');
  });
});
