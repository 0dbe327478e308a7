import { Digest, InvalidDigest } from './digest.js';
import { InvalidText, quoted } from './invalid-text.js';

/** How a request names a manifest: by a tag or by its digest. */
export type Reference =
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'digest'; readonly digest: Digest };

const TAG_MAX_LENGTH = 128;
const TAG = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;

export class InvalidTag extends InvalidText {
  constructor(text: string, reason: string, options?: ErrorOptions) {
    super('tag', text, reason, options);
  }
}

/** The cause is the `InvalidTag` or `InvalidDigest` that says which of the two was meant. */
export class InvalidReference extends InvalidText {
  constructor(
    text: string,
    reason: string,
    readonly kind: Reference['kind'],
    options?: ErrorOptions,
  ) {
    super('reference', text, reason, options);
  }
}

/** A `<reference>` of the distribution spec; a text with a colon can only be a digest. Throws `InvalidReference`. */
export function parseReference(text: string): Reference {
  const kind = text.includes(':') ? 'digest' : 'tag';
  try {
    return kind === 'digest' ? { kind, digest: Digest.parse(text) } : { kind, tag: parseTag(text) };
  } catch (error) {
    if (error instanceof InvalidDigest || error instanceof InvalidTag) {
      throw new InvalidReference(text, error.reason, kind, { cause: error });
    }
    throw error;
  }
}

/** Returns the tag as it is. Throws `InvalidTag`. */
export function parseTag(text: string): string {
  if (!TAG.test(text)) throw new InvalidTag(text, tagFault(text));
  return text;
}

/** The reference as it stands in a URL. */
export function formatReference(reference: Reference): string {
  return reference.kind === 'tag' ? reference.tag : reference.digest.text;
}

function tagFault(text: string): string {
  if (text === '') return 'it is empty';
  if (text.length > TAG_MAX_LENGTH) {
    return `it has ${text.length} characters, and ${TAG_MAX_LENGTH} are allowed`;
  }
  const wrong = /[^a-zA-Z0-9._-]/u.exec(text)?.[0];
  if (wrong)
    return `the character ${quoted(wrong)} is not allowed; allowed are letters, digits, ".", "_" and "-"`;
  return 'the first character has to be a letter, a digit or "_"';
}
