import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAuthorization } from './authorization-header.js';

const basic = (text: string | Buffer) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('parseAuthorization', () => {
  it('reads any user name without colon and any password', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(text, text, (anyUsername, password) => {
        const username = anyUsername.replaceAll(':', '');
        expect(parseAuthorization(basic(`${username}:${password}`))).toEqual({
          scheme: 'basic',
          username,
          password,
        });
      }),
    );
  });

  it.each([
    [undefined, { scheme: 'none' }],
    ['', { scheme: 'none' }],
    ['  ', { scheme: 'none' }],
    ['Negotiate abc', { scheme: 'other' }],
    ['Basical YTpi', { scheme: 'other' }],
    ['bAsIc YTpi', { scheme: 'basic', username: 'a', password: 'b' }],
    [' Basic  YTpi ', { scheme: 'basic', username: 'a', password: 'b' }],
    ['Basic YTpiOmM=', { scheme: 'basic', username: 'a', password: 'b:c' }],
    ['Basic Og==', { scheme: 'basic', username: '', password: '' }],
    ['BEARER a.b-c_d~e+f/g==', { scheme: 'bearer', token: 'a.b-c_d~e+f/g==' }],
  ])('%j → %j', (header, expected) => {
    expect(parseAuthorization(header)).toEqual(expected);
  });

  it.each([
    ['Basic', 'no colon'],
    ['Basic YWI=', 'no colon'],
    ['Basic YTpi=', 'not base64'],
    ['Basic YTpiYw', 'not base64'],
    ['Basic YTpi YTpi', 'not base64'],
    ['Basic YTp-', 'not base64'],
    ['Basic \u00e9', 'not base64'],
    [basic(Buffer.from([0x61, 0x3a, 0xff])), 'UTF-8'],
    [basic('a:b\n'), 'control characters'],
    [basic('a\0:b'), 'control characters'],
  ])('finds %j malformed', (header, message) => {
    expect(parseAuthorization(header)).toEqual({
      scheme: 'malformed',
      of: 'basic',
      message: expect.stringContaining(message),
    });
  });

  it.each(['Bearer', 'Bearer a b', 'Bearer a,b', 'Bearer "a"', 'Bearer =', 'Bearer a=b'])(
    'finds %j malformed',
    (header) => {
      expect(parseAuthorization(header)).toMatchObject({ scheme: 'malformed', of: 'bearer' });
    },
  );
});
