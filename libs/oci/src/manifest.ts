import { type Descriptor, parseDescriptor } from './descriptor.js';
import { InvalidManifest } from './invalid-manifest.js';
import {
  InvalidField,
  isObject,
  isPresent,
  type JsonObject,
  listOf,
  mediaTypeText,
  textMap,
} from './json-fields.js';
import { type ManifestKind, type ManifestType, manifestTypeOf } from './manifest-type.js';

/** What the registry needs to know of a manifest; the bytes themselves are kept as received. */
export interface ParsedManifest {
  /** What a GET answers as Content-Type. */
  readonly mediaType: string;
  readonly kind: ManifestKind;
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

/** No byte order mark is skipped: Go's decoders, and so most clients, refuse it. */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a pushed manifest. `contentType` is the header as sent; without one the body's `mediaType` counts, and
 * without that the fields. A config of the empty type needs no `artifactType` here, though the image spec asks for
 * one, since registries have taken such manifests all along. Throws `InvalidManifest`.
 */
export function parseManifest(bytes: Uint8Array, contentType: string | undefined): ParsedManifest {
  const body = decode(bytes);
  try {
    return read(body, manifestTypeOf(body, contentType));
  } catch (error) {
    if (!(error instanceof InvalidField)) throw error;
    throw new InvalidManifest(error.message, { path: error.path }, { cause: error });
  }
}

function read(body: JsonObject, { mediaType, kind }: ManifestType): ParsedManifest {
  const config = kind === 'image' ? parseDescriptor(body.config, 'config') : undefined;
  if (kind === 'index' && !('manifests' in body)) throw new InvalidField('manifests', 'is missing');
  const artifactType = mediaTypeText(body.artifactType, 'artifactType') ?? config?.mediaType;
  return {
    mediaType,
    kind,
    ...(config && { config }),
    layers: kind === 'image' ? listOf(body.layers, 'layers', parseDescriptor) : [],
    manifests: kind === 'index' ? listOf(body.manifests, 'manifests', parseDescriptor) : [],
    ...(isPresent(body.subject) && { subject: parseDescriptor(body.subject, 'subject') }),
    ...(artifactType !== undefined && { artifactType }),
    annotations: textMap(body.annotations, 'annotations'),
  };
}

function decode(bytes: Uint8Array): JsonObject {
  if (bytes.byteLength === 0) throw new InvalidManifest('the body is empty');
  const body = parseJson(bytes);
  if (!isObject(body)) throw new InvalidManifest('the body is JSON, but not an object');
  return body;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(UTF8.decode(bytes));
  } catch (error) {
    throw new InvalidManifest('the body is not JSON in UTF-8', undefined, { cause: error });
  }
}
