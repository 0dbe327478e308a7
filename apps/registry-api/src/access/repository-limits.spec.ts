import { describe, expect, it } from 'vitest';
import { RequestInvalid } from '../errors/domain-errors.js';
import { isWithin, parseRepositoryLimits, shownLimit } from './repository-limits.js';

describe('limits to repositories', () => {
  it.each([
    { text: 'team/app', name: 'team/app', like: 'team/app' },
    { text: 'team/*', name: 'team/*', like: 'team/%' },
    { text: 'team/app-*', name: 'team/app-*', like: 'team/app-%' },
    { text: 'team/a/b*', name: 'team/a/b*', like: 'team/a/b%' },
    { text: 'a_b/c.d', name: 'a_b/c.d', like: 'a\\_b/c.d' },
    { text: 'a_b/c_*', name: 'a_b/c_*', like: 'a\\_b/c\\_%' },
    { text: 'alpine', name: 'library/alpine', like: 'library/alpine' },
    { text: 'alp*', name: 'library/alp*', like: 'library/alp%' },
  ])('reads $text as $name', ({ text, name, like }) => {
    expect(parseRepositoryLimits([text])).toEqual({ names: [name], likePatterns: [like] });
  });

  it('keeps each once', () => {
    expect(parseRepositoryLimits(['alpine', 'library/alpine']).names).toEqual(['library/alpine']);
  });

  it.each([
    '',
    '*',
    '*/app',
    'team/*/app',
    'team/**',
    'Team/app',
    'team//app',
    'team/%',
    'team/a\\*',
    '/*',
    'a b',
  ])('refuses %j', (text) => {
    expect(() => parseRepositoryLimits([text])).toThrow(RequestInvalid);
  });

  it.each([
    { inner: ['team/app'], outer: undefined, expected: true },
    { inner: undefined, outer: ['team/*'], expected: false },
    { inner: ['team/app'], outer: ['team/*'], expected: true },
    { inner: ['team/*'], outer: ['team/*'], expected: true },
    { inner: ['team/a*'], outer: ['team/*'], expected: true },
    { inner: ['team/*'], outer: ['team/a*'], expected: false },
    { inner: ['team/app', 'other/app'], outer: ['team/*'], expected: false },
    { inner: ['team/app', 'other/app'], outer: ['team/*', 'other/app'], expected: true },
    { inner: ['teams/app'], outer: ['team/*'], expected: false },
    { inner: ['team/app-1'], outer: ['team/app'], expected: false },
    { inner: ['team/app*'], outer: ['team/app'], expected: false },
  ])('$inner within $outer: $expected', ({ inner, outer, expected }) => {
    expect(isWithin(inner, outer)).toBe(expected);
  });

  it.each([
    ['library/alpine', 'alpine'],
    ['library/alp*', 'alp*'],
    ['library/*', 'library/*'],
    ['library/a/b', 'library/a/b'],
    ['team/app', 'team/app'],
  ])('shows %s as %s', (name, shown) => {
    expect(shownLimit(name)).toBe(shown);
  });
});
