import type { Digest } from './digest.js';

/** What an image runs on (image-spec image-index.md, `platform`); a name that was left out is the empty string. */
export interface Platform {
  readonly architecture: string;
  readonly os: string;
  readonly osVersion?: string;
  readonly osFeatures?: readonly string[];
  readonly variant?: string;
}

/** A reference to content (image-spec descriptor.md). */
export interface Descriptor {
  /** As the client wrote it, never empty. */
  readonly mediaType: string;
  readonly digest: Digest;
  readonly sizeBytes: number;
  readonly urls?: readonly string[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly artifactType?: string;
  readonly platform?: Platform;
  /** The content itself in base64, unchecked. */
  readonly data?: string;
}

/** `path` is where in the JSON the fault lies, for example `layers[2].digest`. */
export class InvalidDescriptor extends Error {
  override readonly name = 'InvalidDescriptor';

  constructor(
    readonly path: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`${path} ${reason}`, options);
  }
}

/** Reads a descriptor out of parsed JSON that stands at `path`. Throws `InvalidDescriptor`. */
export function parseDescriptor(_json: unknown, path: string): Descriptor {
  throw new InvalidDescriptor(path, 'is not written yet');
}
