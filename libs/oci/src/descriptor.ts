import { Digest, InvalidDigest } from './digest.js';
import {
  InvalidField,
  isPresent,
  listOf,
  mediaTypeText,
  optionalText,
  requireObject,
  requireText,
  textMap,
} from './json-fields.js';

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

/** Reads a descriptor out of parsed JSON that stands at `path`. Throws `InvalidField`. */
export function parseDescriptor(json: unknown, path: string): Descriptor {
  const fields = requireObject(json, path);
  const artifactType = mediaTypeText(fields.artifactType, `${path}.artifactType`);
  return {
    mediaType: mediaTypeOf(fields.mediaType, `${path}.mediaType`),
    digest: digestOf(fields.digest, `${path}.digest`),
    sizeBytes: sizeOf(fields.size, `${path}.size`),
    ...(isPresent(fields.urls) && { urls: listOf(fields.urls, `${path}.urls`, requireText) }),
    ...(isPresent(fields.annotations) && { annotations: textMap(fields.annotations, `${path}.annotations`) }),
    ...(isPresent(fields.platform) && { platform: platformOf(fields.platform, `${path}.platform`) }),
    ...(artifactType !== undefined && { artifactType }),
    ...withText('data', fields.data, `${path}.data`),
  };
}

function mediaTypeOf(json: unknown, path: string): string {
  const mediaType = mediaTypeText(json, path);
  if (mediaType === undefined) throw new InvalidField(path, isPresent(json) ? 'is empty' : 'is missing');
  return mediaType;
}

function digestOf(json: unknown, path: string): Digest {
  try {
    return Digest.parse(requireText(json, path));
  } catch (error) {
    if (!(error instanceof InvalidDigest)) throw error;
    throw new InvalidField(path, `is not a digest: ${error.reason}`, { cause: error });
  }
}

function sizeOf(json: unknown, path: string): number {
  if (!isPresent(json)) throw new InvalidField(path, 'is missing');
  if (typeof json === 'number' && Number.isSafeInteger(json) && json >= 0) return json;
  throw new InvalidField(path, 'has to be a whole number of bytes, 0 or more');
}

function platformOf(json: unknown, path: string): Platform {
  const fields = requireObject(json, path);
  const osFeatures = fields['os.features'];
  return {
    architecture: optionalText(fields.architecture, `${path}.architecture`) ?? '',
    os: optionalText(fields.os, `${path}.os`) ?? '',
    ...withText('osVersion', fields['os.version'], `${path}["os.version"]`),
    ...(isPresent(osFeatures) && { osFeatures: listOf(osFeatures, `${path}["os.features"]`, requireText) }),
    ...withText('variant', fields.variant, `${path}.variant`),
  };
}

/** The field under its name, or nothing when it was left out or empty. */
function withText<K extends string>(name: K, json: unknown, path: string): { [P in K]?: string } {
  const text = optionalText(json, path);
  return (text === undefined ? {} : { [name]: text }) as { [P in K]?: string };
}
