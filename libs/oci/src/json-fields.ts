/** A fault in parsed JSON; `path` is where, for example `layers[2].digest`. */
export class InvalidField extends Error {
  constructor(
    readonly path: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`${path} ${reason}`, options);
    this.name = new.target.name;
  }
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** `null` counts as left out: encoders for Go write it for an empty list or map. */
export function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function requireObject(value: unknown, path: string): JsonObject {
  if (!isPresent(value)) throw new InvalidField(path, 'is missing');
  if (!isObject(value)) throw new InvalidField(path, 'has to be an object');
  return value;
}

/** Text that every store can keep: well-formed Unicode without NUL. */
export function requireText(value: unknown, path: string): string {
  if (!isPresent(value)) throw new InvalidField(path, 'is missing');
  if (typeof value !== 'string') throw new InvalidField(path, 'has to be a string');
  if (!value.isWellFormed() || value.includes('\0')) {
    throw new InvalidField(path, 'contains NUL or half a surrogate pair');
  }
  return value;
}

/** Undefined when left out or empty. */
export function optionalText(value: unknown, path: string): string | undefined {
  return isPresent(value) ? requireText(value, path) || undefined : undefined;
}

/** Two names of at most 127 characters around a slash (RFC 6838, section 4.2). */
const MEDIA_TYPE_MAX_LENGTH = 255;

/**
 * A media type inside a manifest; undefined when left out or empty. Only its length is checked, since types that are
 * unknown must not be refused (image-spec manifest.md), and some clients add parameters.
 */
export function mediaTypeText(value: unknown, path: string): string | undefined {
  const text = optionalText(value, path);
  if (text === undefined || text.length <= MEDIA_TYPE_MAX_LENGTH) return text;
  throw new InvalidField(path, `is longer than ${MEDIA_TYPE_MAX_LENGTH} characters`);
}

/** Each item read by `read` with its own path; an empty list when left out. */
export function listOf<T>(value: unknown, path: string, read: (item: unknown, path: string) => T): T[] {
  if (!isPresent(value)) return [];
  if (!Array.isArray(value)) throw new InvalidField(path, 'has to be a list');
  return value.map((item, index) => read(item, `${path}[${index}]`));
}

/** A map of strings, `annotations`; an empty one when left out. */
export function textMap(value: unknown, path: string): Readonly<Record<string, string>> {
  if (!isPresent(value)) return {};
  const entries = Object.entries(requireObject(value, path)).map(([key, text]) => {
    const place = `${path}[${JSON.stringify(key)}]`;
    return [requireText(key, place), requireText(text, place)] as const;
  });
  return Object.fromEntries(entries);
}
