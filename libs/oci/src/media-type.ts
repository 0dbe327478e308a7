/** Media types of the OCI image spec (media-types.md). */
export const OCI_IMAGE_INDEX = 'application/vnd.oci.image.index.v1+json';
export const OCI_IMAGE_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
export const OCI_IMAGE_CONFIG = 'application/vnd.oci.image.config.v1+json';
export const OCI_LAYER_TAR = 'application/vnd.oci.image.layer.v1.tar';
export const OCI_LAYER_TAR_GZIP = 'application/vnd.oci.image.layer.v1.tar+gzip';
export const OCI_LAYER_TAR_ZSTD = 'application/vnd.oci.image.layer.v1.tar+zstd';
export const OCI_NONDISTRIBUTABLE_LAYER_TAR = 'application/vnd.oci.image.layer.nondistributable.v1.tar';
export const OCI_NONDISTRIBUTABLE_LAYER_TAR_GZIP =
  'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip';
export const OCI_NONDISTRIBUTABLE_LAYER_TAR_ZSTD =
  'application/vnd.oci.image.layer.nondistributable.v1.tar+zstd';
/** Of a config or layer that has nothing to say: the two bytes `{}`. */
export const OCI_EMPTY = 'application/vnd.oci.empty.v1+json';

/** Media types of Docker's image manifest version 2, schema 2. */
export const DOCKER_MANIFEST_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json';
export const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
export const DOCKER_IMAGE_CONFIG = 'application/vnd.docker.container.image.v1+json';
export const DOCKER_PLUGIN_CONFIG = 'application/vnd.docker.plugin.v1+json';
export const DOCKER_LAYER_TAR = 'application/vnd.docker.image.rootfs.diff.tar';
export const DOCKER_LAYER_TAR_GZIP = 'application/vnd.docker.image.rootfs.diff.tar.gzip';
export const DOCKER_LAYER_TAR_ZSTD = 'application/vnd.docker.image.rootfs.diff.tar.zstd';
export const DOCKER_FOREIGN_LAYER_TAR = 'application/vnd.docker.image.rootfs.foreign.diff.tar';
export const DOCKER_FOREIGN_LAYER_TAR_GZIP = 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip';

/** Docker's schema 1, given up in 2017; known only so that it can be refused by name. */
export const DOCKER_SCHEMA1_MANIFEST = 'application/vnd.docker.distribution.manifest.v1+json';
export const DOCKER_SCHEMA1_SIGNED_MANIFEST = 'application/vnd.docker.distribution.manifest.v1+prettyjws';

const NONDISTRIBUTABLE: ReadonlySet<string> = new Set([
  OCI_NONDISTRIBUTABLE_LAYER_TAR,
  OCI_NONDISTRIBUTABLE_LAYER_TAR_GZIP,
  OCI_NONDISTRIBUTABLE_LAYER_TAR_ZSTD,
  DOCKER_FOREIGN_LAYER_TAR,
  DOCKER_FOREIGN_LAYER_TAR_GZIP,
]);

/** `type/subtype` with the restricted names of RFC 6838, section 4.2. */
const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/;

/** A list of manifests: OCI image index or Docker manifest list. */
export function isIndexMediaType(mediaType: string): boolean {
  return mediaType === OCI_IMAGE_INDEX || mediaType === DOCKER_MANIFEST_LIST;
}

/** A manifest with config and layers: OCI image manifest or Docker's schema 2. */
export function isImageManifestMediaType(mediaType: string): boolean {
  return mediaType === OCI_IMAGE_MANIFEST || mediaType === DOCKER_MANIFEST;
}

export function isSchema1MediaType(mediaType: string): boolean {
  return mediaType === DOCKER_SCHEMA1_MANIFEST || mediaType === DOCKER_SCHEMA1_SIGNED_MANIFEST;
}

/** A layer that clients fetch from elsewhere, so that a manifest may name it without the registry having it. */
export function isNondistributable(mediaType: string): boolean {
  return NONDISTRIBUTABLE.has(mediaType);
}

/**
 * The media type of a header such as Content-Type: in lowercase and without parameters (RFC 9110, section 8.3.1).
 * Undefined when it is not one.
 */
export function parseMediaType(header: string): string | undefined {
  const mediaType = header.split(';', 1).join('').trim().toLowerCase();
  return MEDIA_TYPE.test(mediaType) ? mediaType : undefined;
}
