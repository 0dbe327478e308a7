import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownPage } from './own-page.js';

describe('the page to come back to', () => {
  it.each(['/', '/r/team/app', '/explore?q=a%20b&sort=name', '/r/team/app#tags', '/n/team/-/members'])(
    'is %s as asked',
    (next) => {
      expect(ownPage(next)).toBe(next);
    },
  );

  it.each([
    '//elsewhere.example',
    '/\\elsewhere.example',
    '\\\\elsewhere.example',
    '/%5celsewhere.example',
    '/%5Celsewhere.example',
    '/%2felsewhere.example',
    '/.//elsewhere.example',
    '/x/..//elsewhere.example',
    '/\t/elsewhere.example',
    '/\n//elsewhere.example',
    'https://elsewhere.example/',
    'javascript:alert(1)',
    'elsewhere',
    '',
    ' /explore',
    '/api/v1/oidc/corp/login',
    '/v2/',
    `/${'a'.repeat(2000)}`,
    undefined,
    ['/explore', '/r'],
  ])('is / for %j', (next) => {
    expect(ownPage(next)).toBe('/');
  });

  it('is on this host for whatever text', () => {
    const pieces = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '%2f',
      '%5c',
      '%09',
      '\t',
      '\n',
      '@',
      ':',
      'e.x',
      '?',
      '#',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const url = new URL(ownPage(`/${parts.join('')}`), 'https://berth.example');
        expect(url.origin).toBe('https://berth.example');
        expect(url.pathname.startsWith('//')).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});
