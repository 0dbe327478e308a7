import { describe, expect, it } from 'vitest';
import { RequestInvalid } from '../errors/domain-errors.js';
import { parseJump } from './search-jump.js';
import { parseSearchText } from './search-text.js';

describe('parseSearchText', () => {
  it('finds everything for an empty text', () => {
    expect(parseSearchText(' \t ')).toEqual({ name: '', words: [], patterns: [], tag: undefined });
  });

  it('asks for every word once, the longest first where an index is narrowed', () => {
    const { words, patterns, name } = parseSearchText(' Web  server web ');
    expect(words).toEqual(['web', 'server']);
    expect(patterns).toEqual(['%server%', '%web%']);
    expect(name).toBe('web-server');
  });

  it("takes LIKE's wildcards by the letter", () => {
    expect(parseSearchText('a_b 100% c\\d').patterns).toEqual(['%100\\%%', '%a\\_b%', '%c\\\\d%']);
  });

  it('splits at what Postgres cannot hold', () => {
    expect(parseSearchText('a\0b \ud800').words).toEqual(['a', 'b', '\u{FFFD}']);
  });

  it.each([
    ['1.27', { beginning: '1.27', words: [] }],
    ['nginx RC1', { beginning: 'RC1', words: ['nginx'] }],
    ['team/app', undefined],
    ['nginx -x', undefined],
  ])('takes the last word of %j for a tag: %j', (text, tag) => {
    expect(parseSearchText(text).tag).toEqual(tag);
  });

  it.each(['x'.repeat(501), Array.from({ length: 21 }, (_, index) => index).join(' ')])(
    'refuses what is longer than any sensible search',
    (query) => {
      expect(() => parseSearchText(query)).toThrow(RequestInvalid);
    },
  );
});

describe('parseJump', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  it.each([
    [digest, { kind: 'digest', beginning: digest, isWhole: true }],
    [`  ${digest.toUpperCase()} `, { kind: 'digest', beginning: digest, isWhole: true }],
    ['sha256:abcdef', { kind: 'digest', beginning: 'sha256:abcdef', isWhole: false }],
    [`sha512:${'b'.repeat(128)}`, { kind: 'digest', beginning: `sha512:${'b'.repeat(128)}`, isWhole: true }],
    ['team/app:1.0', { kind: 'tag', repository: 'team/app', beginning: '1.0' }],
    ['alpine:', { kind: 'tag', repository: 'library/alpine', beginning: '' }],
    ['team/app', undefined],
    ['Team/app:1', undefined],
    ['a b:c', undefined],
    ['team/app:-x', undefined],
    ['', undefined],
  ])('reads %j as %j', (text, jump) => {
    expect(parseJump(text)).toEqual(jump);
  });
});
