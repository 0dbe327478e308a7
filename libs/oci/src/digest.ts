import { hash } from 'node:crypto';
import { InvalidText, quoted } from './invalid-text.js';

/** The supported algorithms, and how many hexadecimal characters a digest of each has. */
const HEX_LENGTHS = { sha256: 64, sha512: 128 } as const;

export type DigestAlgorithm = keyof typeof HEX_LENGTHS;
export const DIGEST_ALGORITHMS: readonly DigestAlgorithm[] = ['sha256', 'sha512'];

const GRAMMAR = /^(?:sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128})$/;

export class InvalidDigest extends InvalidText {
  constructor(text: string, reason: string, options?: ErrorOptions) {
    super('digest', text, reason, options);
  }
}

/** Also for the `digest-algorithm` parameter of an upload. */
export function isDigestAlgorithm(text: string): text is DigestAlgorithm {
  return Object.hasOwn(HEX_LENGTHS, text);
}

/** The identity of content: `algorithm:hex` (image-spec descriptor.md, "Digests"). Immutable. */
export class Digest {
  private constructor(
    /** `sha256:…`, as it stands in URLs, headers and JSON. */
    readonly text: string,
    readonly algorithm: DigestAlgorithm,
  ) {}

  /** Throws `InvalidDigest`, also for registered algorithms that Berth does not compute. */
  static parse(text: string): Digest {
    if (!GRAMMAR.test(text)) throw new InvalidDigest(text, whatIsWrong(text));
    return new Digest(text, text.startsWith('sha256') ? 'sha256' : 'sha512');
  }

  /** From a finished hash; throws `InvalidDigest` when `hex` is not lowercase hexadecimal of the right length. */
  static of(algorithm: DigestAlgorithm, hex: string): Digest {
    return Digest.parse(`${algorithm}:${hex}`);
  }

  static ofBytes(bytes: Uint8Array, algorithm: DigestAlgorithm = 'sha256'): Digest {
    return new Digest(`${algorithm}:${hash(algorithm, bytes, 'hex')}`, algorithm);
  }

  get hex(): string {
    return this.text.slice(this.algorithm.length + 1);
  }

  equals(other: Digest): boolean {
    return this.text === other.text;
  }

  toString(): string {
    return this.text;
  }

  toJSON(): string {
    return this.text;
  }
}

function whatIsWrong(text: string): string {
  const colon = text.indexOf(':');
  if (colon < 0) return 'a digest is written algorithm:hex, for example sha256:<64 hexadecimal characters>';
  const algorithm = text.slice(0, colon);
  if (!isDigestAlgorithm(algorithm)) {
    return `the algorithm ${quoted(algorithm)} is not supported; supported are ${DIGEST_ALGORITHMS.join(' and ')}`;
  }
  const hex = text.slice(colon + 1);
  const length = HEX_LENGTHS[algorithm];
  if (hex.length !== length) {
    return `${algorithm} needs ${length} hexadecimal characters, and there are ${hex.length}`;
  }
  if (/^[a-fA-F0-9]*$/.test(hex)) return 'the hexadecimal characters have to be lowercase';
  return 'after the colon only the characters 0-9 and a-f are allowed';
}
