import { describe, expect, it } from 'vitest';
import { exploreHref, isFiltered, readExploreQuery, withoutFilters } from './explore-query';

describe('the address of a search', () => {
  it('orders by fit where something is looked for, else by time', () => {
    expect(readExploreQuery({ q: 'gate' }).sort).toBe('relevance');
    expect(readExploreQuery({}).sort).toBe('updated');
  });

  it.each([
    '',
    'q=gate',
    'q=gate&sort=pulls',
    'sort=name',
    'platform=linux%2Farm64&type=chart',
    'visibility=private',
  ])('says again what it was read from: %j', (query) => {
    const read = readExploreQuery(Object.fromEntries(new URLSearchParams(query)));
    expect(exploreHref(read)).toBe(query === '' ? '/explore' : `/explore?${query}`);
  });

  it('gives filters back one with another', () => {
    const filtered = readExploreQuery({ q: 'gate', platform: 'linux/arm64', cursor: 'x' });
    expect(isFiltered(filtered)).toBe(true);
    expect(exploreHref(withoutFilters(filtered))).toBe('/explore?q=gate');
  });

  it('takes no visibility and no order that it does not know', () => {
    expect(readExploreQuery({ visibility: 'secret', sort: 'password' })).toMatchObject({
      visibility: undefined,
      sort: 'updated',
    });
  });
});
