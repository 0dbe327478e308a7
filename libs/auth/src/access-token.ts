import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** `pat`: a person's access token; `robot`: a robot account's secret; `refresh`: of the token service. */
export type SecretKind = 'pat' | 'robot' | 'refresh';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_BYTES = 32;
/** 62^43 > 2^256 and 62^6 > 2^32. */
const RANDOM_LENGTH = 43;
const CHECKSUM_LENGTH = 6;
const SHOWN_LENGTH = 4;

const SECRET = /^(berth_(pat|robot|refresh)_)([0-9A-Za-z]*)$/;

/** A new secret: `berth_<kind>_`, 256 random bits and a checksum of all before it, both in base62. */
export function generateSecret(kind: SecretKind): string {
  const random = BigInt(`0x${randomBytes(RANDOM_BYTES).toString('hex')}`);
  const unchecked = `berth_${kind}_${base62(random, RANDOM_LENGTH)}`;
  return unchecked + checksum(unchecked);
}

/**
 * Whether the text looks like one of Berth's secrets, and if so, whether it can be one: a wrong checksum or length
 * is a typing or copying error, for which no look-up is needed.
 */
export function parseSecret(text: string): { kind: SecretKind; isChecksumValid: boolean } | undefined {
  const [, prefix = '', kind, body = ''] = SECRET.exec(text) ?? [];
  if (!isSecretKind(kind)) return undefined;
  const isLengthRight = body.length === RANDOM_LENGTH + CHECKSUM_LENGTH;
  const unchecked = prefix + body.slice(0, RANDOM_LENGTH);
  return { kind, isChecksumValid: isLengthRight && unchecked + checksum(unchecked) === text };
}

/** What is kept and looked up. One SHA-256 is enough: nobody guesses 256 random bits. */
export function hashSecret(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** The beginning by which lists show a secret: `berth_pat_` and four characters more. */
export function secretPrefix(text: string): string {
  return text.slice(0, text.lastIndexOf('_') + 1 + SHOWN_LENGTH);
}

function isSecretKind(text: string | undefined): text is SecretKind {
  return text === 'pat' || text === 'robot' || text === 'refresh';
}

function checksum(text: string): string {
  return base62(BigInt(crc32(text)), CHECKSUM_LENGTH);
}

function base62(value: bigint, length: number): string {
  let [rest, digits] = [value, ''];
  for (let i = 0; i < length; i++) {
    digits = ALPHABET.charAt(Number(rest % 62n)) + digits;
    rest /= 62n;
  }
  return digits;
}
