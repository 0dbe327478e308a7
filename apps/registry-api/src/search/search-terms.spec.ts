import { describe, expect, it } from 'vitest';
import { RequestInvalid } from '../errors/domain-errors.js';
import { parseSearchTerms } from './search-terms.js';

describe('parseSearchTerms', () => {
  it('finds everything for an empty text', () => {
    expect(parseSearchTerms(' \t ')).toEqual({ text: '', patterns: [], prefixPattern: '%' });
  });

  it('asks for every word once, the longest first, which narrows an index scan best', () => {
    expect(parseSearchTerms(' Web  server web ').patterns).toEqual(['%server%', '%web%']);
  });

  it("takes LIKE's wildcards by the letter", () => {
    expect(parseSearchTerms('a_b 100% c\\d')).toEqual({
      text: 'a_b 100% c\\d',
      patterns: ['%100\\%%', '%a\\_b%', '%c\\\\d%'],
      prefixPattern: 'a\\_b 100\\% c\\\\d%',
    });
  });

  it('splits at what Postgres cannot hold', () => {
    expect(parseSearchTerms('a\0b').patterns).toEqual(['%a%', '%b%']);
  });

  it.each(['x'.repeat(501), Array.from({ length: 21 }, (_, index) => index).join(' ')])(
    'refuses what is longer than any sensible search',
    (query) => {
      expect(() => parseSearchTerms(query)).toThrow(RequestInvalid);
    },
  );
});
