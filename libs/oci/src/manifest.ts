import type { Descriptor } from './descriptor.js';

/** What the registry needs to know of a manifest; the bytes themselves are kept as received. */
export interface ParsedManifest {
  /** What a GET answers as Content-Type. */
  readonly mediaType: string;
  readonly kind: 'image' | 'index';
  /** Always there for an image, never for an index. */
  readonly config?: Descriptor;
  /** Empty for an index. */
  readonly layers: readonly Descriptor[];
  /** The children of an index; empty for an image. */
  readonly manifests: readonly Descriptor[];
  readonly subject?: Descriptor;
  /** As the referrers list shows it: the manifest's own, else the config's media type for an image. */
  readonly artifactType?: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/** `reason` is a sentence for people; `detail` names the place and the values found. */
export class InvalidManifest extends Error {
  override readonly name = 'InvalidManifest';

  constructor(
    readonly reason: string,
    readonly detail?: Readonly<Record<string, unknown>>,
    options?: ErrorOptions,
  ) {
    super(`invalid manifest: ${reason}`, options);
  }
}

/**
 * Reads a pushed manifest. `contentType` is the header as sent; without one the body's `mediaType` counts, and
 * without that the fields. Throws `InvalidManifest`.
 */
export function parseManifest(_bytes: Uint8Array, _contentType: string | undefined): ParsedManifest {
  throw new InvalidManifest('not written yet');
}
