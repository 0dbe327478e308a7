import { InvalidManifest } from './invalid-manifest.js';
import { quoted } from './invalid-text.js';
import { isPresent, type JsonObject, optionalText } from './json-fields.js';
import {
  isImageManifestMediaType,
  isIndexMediaType,
  isSchema1MediaType,
  OCI_IMAGE_INDEX,
  OCI_IMAGE_MANIFEST,
  parseMediaType,
} from './media-type.js';

export type ManifestKind = 'image' | 'index';

export interface ManifestType {
  readonly mediaType: string;
  readonly kind: ManifestKind;
}

/** A manifest type of OCI or Docker that came after this was written; its body has to look like one we know. */
const LATER_TYPE = /^application\/vnd\.(?:oci|docker)\.[a-z0-9.+-]*(?:manifest|index)/;

/** Fields that decide how a manifest is read. Go's decoders take them in any case, so only one spelling may occur. */
const FIELDS = ['schemaVersion', 'mediaType', 'artifactType', 'config', 'layers', 'manifests', 'subject'];
const FIELD_BY_LOWERCASE = new Map(FIELDS.map((field) => [field.toLowerCase(), field]));

/**
 * Decides what a manifest is, so that no two clients can read the same bytes as different things
 * (CVE-2021-41190). Throws `InvalidManifest` or `InvalidField`.
 */
export function manifestTypeOf(body: JsonObject, contentType: string | undefined): ManifestType {
  const declared = declaredMediaType(body, contentType);
  requireSchemaVersion2(body, declared);
  requireKnownSpelling(body);
  const shape = shapeOf(body);
  const mediaType = declared ?? inferredMediaType(shape);
  const kind = kindOf(mediaType, shape);
  if (shape && shape !== kind) {
    const [expected, found] = kind === 'index' ? ['manifests', 'config or layers'] : ['layers', 'manifests'];
    throw new InvalidManifest(`by its media type it has ${expected}, but the body has ${found}`, {
      mediaType,
    });
  }
  return { mediaType, kind };
}

function declaredMediaType(body: JsonObject, contentType: string | undefined): string | undefined {
  const ofHeader = contentType?.trim() ? parseMediaType(contentType) : undefined;
  if (contentType?.trim() && ofHeader === undefined) {
    throw new InvalidManifest(`the Content-Type ${quoted(contentType)} is not a media type`);
  }
  const ofBody = optionalText(body.mediaType, 'mediaType');
  if (ofBody !== undefined && parseMediaType(ofBody) !== ofBody) {
    throw new InvalidManifest(
      `the mediaType ${quoted(ofBody)} is not a media type in lowercase without parameters`,
    );
  }
  if (ofHeader !== undefined && ofBody !== undefined && ofBody !== ofHeader) {
    throw new InvalidManifest(
      `the Content-Type is ${quoted(ofHeader)}, but the body's mediaType is ${quoted(ofBody)}`,
      { contentType: ofHeader, mediaType: ofBody },
    );
  }
  return ofHeader ?? ofBody;
}

function requireSchemaVersion2(body: JsonObject, mediaType: string | undefined): void {
  const { schemaVersion } = body;
  if (schemaVersion === 1 || (mediaType && isSchema1MediaType(mediaType))) {
    throw new InvalidManifest(
      'Docker image manifests of schema 1 are not supported; push the image again with a client newer than Docker 1.10',
      { mediaType, schemaVersion },
    );
  }
  if (schemaVersion !== 2) throw new InvalidManifest('schemaVersion has to be 2', { schemaVersion });
}

function requireKnownSpelling(body: JsonObject): void {
  for (const key of Object.keys(body)) {
    const field = FIELD_BY_LOWERCASE.get(key.toLowerCase());
    if (field && field !== key)
      throw new InvalidManifest(`the field ${quoted(key)} has to be written "${field}"`);
  }
}

function shapeOf(body: JsonObject): ManifestKind | undefined {
  const isImage = isPresent(body.config) || isPresent(body.layers);
  const isIndex = isPresent(body.manifests);
  if (isImage && isIndex) {
    throw new InvalidManifest('a manifest has either config and layers or manifests, never both');
  }
  if (isImage) return 'image';
  return isIndex ? 'index' : undefined;
}

function inferredMediaType(shape: ManifestKind | undefined): string {
  if (shape === 'image') return OCI_IMAGE_MANIFEST;
  if (shape === 'index') return OCI_IMAGE_INDEX;
  throw new InvalidManifest(
    'there is no Content-Type, and the body has neither mediaType, layers nor manifests',
  );
}

function kindOf(mediaType: string, shape: ManifestKind | undefined): ManifestKind {
  if (isIndexMediaType(mediaType)) return 'index';
  if (isImageManifestMediaType(mediaType)) return 'image';
  if (shape && LATER_TYPE.test(mediaType)) return shape;
  throw new InvalidManifest(`unsupported media type ${quoted(mediaType)}`, { mediaType });
}
