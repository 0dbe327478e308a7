import { describe, expect, it } from 'vitest';
import { hashPassword, passwordWeakness, verifyPassword } from './password.js';
import { UNKNOWN_USER_HASH } from './unknown-user-hash.js';

const PARAMETERS = '$argon2id$v=19$m=19456,t=2,p=1$';

describe('passwords', () => {
  it('are hashed with argon2id, each with its own salt', async () => {
    const [one, two] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
    expect(one.startsWith(PARAMETERS)).toBe(true);
    expect(one).not.toBe(two);
    expect(await verifyPassword(one, 'correct horse')).toBe(true);
    expect(await verifyPassword(one, 'correct horsE')).toBe(false);
    expect(await verifyPassword(one, '')).toBe(false);
  });

  it('are the same however the system composed their accents', async () => {
    const hash = await hashPassword('pa\u0308sswort-lang');
    expect(await verifyPassword(hash, 'p\u00e4sswort-lang')).toBe(true);
  });

  it('of unknown users are verified as well, and never match', async () => {
    expect(await verifyPassword(null, 'correct horse')).toBe(false);
    expect(await verifyPassword(null, '')).toBe(false);
    expect(UNKNOWN_USER_HASH.startsWith(PARAMETERS)).toBe(true);
    expect(UNKNOWN_USER_HASH).toHaveLength((await hashPassword('correct horse')).length);
  });

  it('leave the event loop free while they are hashed', async () => {
    let turns = 0;
    const interval = setInterval(() => turns++, 0);
    await Promise.all(Array.from({ length: 8 }, () => hashPassword('correct horse')));
    clearInterval(interval);
    expect(turns).toBeGreaterThan(2);
  });

  it('with a hash that cannot be read fail loudly', async () => {
    await expect(verifyPassword('plain text', 'plain text')).rejects.toThrow();
  });
});

describe('passwordWeakness', () => {
  it.each([
    ['short', 'at least 10'],
    ['123456789', 'at least 10'],
    ['\u{1f600}'.repeat(9), 'at least 10'],
    ['a'.repeat(257), 'at most 256'],
    ['long-user-name', 'user name'],
    ['LONG-User-Name', 'user name'],
    ['aaaaaaaaaaaa', 'one character'],
    ['\u{1f600}'.repeat(12), 'one character'],
    ['password123', 'attackers'],
    ['Password123!', 'attackers'],
    ['qwertyuiop', 'attackers'],
  ])('finds %j weak', (password, reason) => {
    expect(passwordWeakness(password, { username: 'long-user-name' })).toContain(reason);
  });

  it.each(['correct horse', 'tr0ub4dor&3', 'xY'.repeat(128), '\u{1f600}\u{1f601}'.repeat(5)])(
    'takes %j',
    (password) => {
      expect(passwordWeakness(password, { username: 'alice' })).toBeUndefined();
    },
  );
});
