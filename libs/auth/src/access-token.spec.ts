import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateSecret, hashSecret, parseSecret, secretPrefix } from './access-token.js';

const KINDS = ['pat', 'robot', 'refresh'] as const;

describe('secrets', () => {
  it.each(KINDS)('of kind %s are recognised', (kind) => {
    const secret = generateSecret(kind);
    expect(secret).toMatch(new RegExp(`^berth_${kind}_[0-9A-Za-z]{49}$`));
    expect(parseSecret(secret)).toEqual({ kind, isChecksumValid: true });
    expect(secretPrefix(secret)).toBe(secret.slice(0, `berth_${kind}_`.length + 4));
  });

  it('differ, and use all their digits', () => {
    const secrets = Array.from({ length: 500 }, () => generateSecret('pat'));
    expect(new Set(secrets).size).toBe(500);
    for (let position = 'berth_pat_'.length + 1; position < 'berth_pat_'.length + 43; position++) {
      expect(new Set(secrets.map((secret) => secret[position])).size).toBeGreaterThan(40);
    }
  });

  it('have a checksum that finds each single typing error', () => {
    const secret = generateSecret('pat');
    const typos = fc.tuple(
      fc.integer({ min: 10, max: secret.length - 1 }),
      fc.constantFrom(...'0189ABYZabyz'),
    );
    fc.assert(
      fc.property(typos, ([at, character]) => {
        fc.pre(secret[at] !== character);
        const typed = secret.slice(0, at) + character + secret.slice(at + 1);
        expect(parseSecret(typed)).toEqual({ kind: 'pat', isChecksumValid: false });
      }),
    );
  });

  it('that are cut, longer, or of another kind than they were made for are not valid', () => {
    const secret = generateSecret('pat');
    expect(parseSecret(secret.slice(0, -1))).toEqual({ kind: 'pat', isChecksumValid: false });
    expect(parseSecret(`${secret}0`)).toEqual({ kind: 'pat', isChecksumValid: false });
    expect(parseSecret('berth_pat_')).toEqual({ kind: 'pat', isChecksumValid: false });
    expect(parseSecret(secret.replace('pat', 'robot'))).toEqual({ kind: 'robot', isChecksumValid: false });
  });

  it.each([
    '',
    'hunter2',
    'ghp_abc',
    'berth_',
    'berth_other_abc',
    'berth_pat',
    ' berth_pat_a',
    'berth_pat_a\n',
    'berth_pat_a-b',
  ])('%j is none', (text) => {
    expect(parseSecret(text)).toBeUndefined();
  });

  it('are kept as their SHA-256', () => {
    const secret = generateSecret('robot');
    expect(hashSecret(secret)).toEqual(createHash('sha256').update(secret, 'utf8').digest());
  });

  it.each([
    ['pat', 'berth_pat_123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefgh0Et6eu'],
    ['robot', 'berth_robot_123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefgh3fSfFF'],
    ['refresh', 'berth_refresh_123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefgh1TrSb3'],
  ])('once given out stay valid: %s', (kind, secret) => {
    expect(parseSecret(secret)).toEqual({ kind, isChecksumValid: true });
  });
});
