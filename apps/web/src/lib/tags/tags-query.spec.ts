import { describe, expect, it } from 'vitest';
import { readTagsQuery, tagListHref } from './tags-query';

describe('the address of a list of tags', () => {
  it('leaves out what goes without saying', () => {
    expect(tagListHref('a/b', readTagsQuery({}))).toBe('/r/a/b/-/tags');
  });

  it.each([
    'q=1.1',
    'sort=size',
    'sort=name&order=desc',
    'order=asc',
    'untagged=true&referrers=true',
    'q=a%26b&sort=updated&cursor=abc',
  ])('says again what it was read from: %s', (query) => {
    const read = readTagsQuery(Object.fromEntries(new URLSearchParams(query)));
    expect(tagListHref('a/b', read)).toBe(`/r/a/b/-/tags?${query}`);
  });

  it('takes nothing that it does not know', () => {
    const read = readTagsQuery({ sort: 'password', order: 'sideways', untagged: 'yes', q: ['a', 'b'] });
    expect(read).toMatchObject({ sort: 'semver', order: 'desc', untagged: false, q: 'a' });
  });
});
