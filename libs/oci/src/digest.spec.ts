import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIGEST_ALGORITHMS, Digest, InvalidDigest, isDigestAlgorithm } from './digest.js';

/** image-spec descriptor.md, "Registered algorithms", as far as supported. */
const SPEC = /^(sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128})$/;

const hexOf = (length: number) =>
  fc
    .array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length })
    .map((c) => c.join(''));
const digests = fc.oneof(
  hexOf(64).map((hex) => `sha256:${hex}`),
  hexOf(128).map((hex) => `sha512:${hex}`),
);

describe('Digest', () => {
  it('gives back what it parsed', () => {
    fc.assert(
      fc.property(digests, (text) => {
        const digest = Digest.parse(text);
        expect(digest.text).toBe(text);
        expect(`${digest.algorithm}:${digest.hex}`).toBe(text);
        expect(String(digest)).toBe(text);
        expect(JSON.stringify({ digest })).toBe(`{"digest":"${text}"}`);
        expect(Digest.of(digest.algorithm, digest.hex).equals(digest)).toBe(true);
      }),
    );
  });

  it('takes a changed digest exactly when the spec does', () => {
    const change = fc.record({
      at: fc.nat(136),
      removed: fc.nat(2),
      inserted: fc.string({ unit: fc.constantFrom(...'0af9gAF:-+ \n/'), maxLength: 2 }),
    });
    fc.assert(
      fc.property(digests, change, (text, { at, removed, inserted }) => {
        const changed = text.slice(0, at) + inserted + text.slice(at + removed);
        expect(isTaken(changed)).toBe(SPEC.test(changed));
      }),
    );
  });

  it.each(DIGEST_ALGORITHMS)('hashes bytes with %s', (algorithm) => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const hex = createHash(algorithm).update(bytes).digest('hex');
        expect(Digest.ofBytes(bytes, algorithm).text).toBe(`${algorithm}:${hex}`);
      }),
    );
  });

  it('hashes with sha256 unless told otherwise', () => {
    const empty = 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    expect(Digest.ofBytes(new Uint8Array()).text).toBe(empty);
  });

  it.each([
    ['', 'algorithm:hex'],
    ['latest', 'algorithm:hex'],
    ['md5:d41d8cd98f00b204e9800998ecf8427e', 'supported are sha256 and sha512'],
    ['blake3:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b', '"blake3" is not supported'],
    ['toString:ab', 'not supported'],
    [`SHA256:${'a'.repeat(64)}`, '"SHA256" is not supported'],
    ['sha256:abc', 'sha256 needs 64 hexadecimal characters, and there are 3'],
    [`sha512:${'a'.repeat(64)}`, 'sha512 needs 128'],
    [`sha256:${'A'.repeat(64)}`, 'lowercase'],
    [`sha256:${'a'.repeat(63)}g`, 'only the characters'],
    [`sha256:${'a'.repeat(62)}/.`, 'only the characters'],
  ])('refuses %j and says why', (text, reason) => {
    expect(() => Digest.parse(text)).toThrow(InvalidDigest);
    expect(() => Digest.parse(text)).toThrow(reason);
  });

  it('tells a supported algorithm by its exact name', () => {
    expect(['sha256', 'sha512', 'sha384', 'SHA256', '', 'constructor'].filter(isDigestAlgorithm)).toEqual([
      'sha256',
      'sha512',
    ]);
  });
});

function isTaken(text: string): boolean {
  try {
    Digest.parse(text);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidDigest);
    return false;
  }
}
