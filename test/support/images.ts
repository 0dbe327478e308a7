import { createHash, randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { tar } from './tar.js';

export type DigestAlgorithm = 'sha256' | 'sha512';

/** Bytes that a registry stores under their digest. */
export interface Content {
  bytes: Buffer;
  digest: string;
  mediaType: string;
}

export interface TestDescriptor {
  mediaType: string;
  digest: string;
  size: number;
  artifactType?: string;
  annotations?: Record<string, string>;
  platform?: { os: string; architecture: string; variant?: string };
  urls?: string[];
}

/** A manifest with what must be pushed before it: its blobs, and the manifests below it. */
export interface TestManifest extends Content {
  blobs: Content[];
  children: TestManifest[];
  platform?: TestDescriptor['platform'];
  artifactType?: string;
}

export interface ImageOptions {
  layers?: number | Content[];
  /** Size of the random file in each layer, in bytes. */
  layerSizeBytes?: number;
  format?: 'oci' | 'docker';
  os?: string;
  architecture?: string;
  variant?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  subject?: TestDescriptor;
  algorithm?: DigestAlgorithm;
}

export const mediaTypes = {
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  ociIndex: 'application/vnd.oci.image.index.v1+json',
  ociConfig: 'application/vnd.oci.image.config.v1+json',
  ociLayer: 'application/vnd.oci.image.layer.v1.tar+gzip',
  ociForeignLayer: 'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip',
  ociEmpty: 'application/vnd.oci.empty.v1+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
  dockerConfig: 'application/vnd.docker.container.image.v1+json',
  dockerLayer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
} as const;

export function digestOf(bytes: Uint8Array, algorithm: DigestAlgorithm = 'sha256'): string {
  return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
}

export function content(
  bytes: Uint8Array | string,
  mediaType = 'application/octet-stream',
  algorithm: DigestAlgorithm = 'sha256',
): Content {
  const kept = Buffer.from(bytes as Uint8Array);
  return { bytes: kept, digest: digestOf(kept, algorithm), mediaType };
}

/** A blob of random bytes, which nothing else in the registry can hold. */
export function randomBlob(sizeBytes = 1024, algorithm: DigestAlgorithm = 'sha256'): Content {
  return content(randomBytes(sizeBytes), undefined, algorithm);
}

export function descriptorOf(item: Content, more: Partial<TestDescriptor> = {}): TestDescriptor {
  return { mediaType: item.mediaType, digest: item.digest, size: item.bytes.length, ...more };
}

/** A layer: a gzipped tar archive with one file of random bytes. */
export function randomLayer(sizeBytes = 1024, options: Pick<ImageOptions, 'format' | 'algorithm'> = {}) {
  const archive = tar([{ path: `file-${randomBytes(6).toString('hex')}`, bytes: randomBytes(sizeBytes) }]);
  const mediaType = options.format === 'docker' ? mediaTypes.dockerLayer : mediaTypes.ociLayer;
  const layer = content(gzipSync(archive, { level: 1 }), mediaType, options.algorithm);
  return { ...layer, diffId: digestOf(archive) };
}

/** A valid image of random content. */
export function randomImage(options: ImageOptions = {}): TestManifest {
  const isDocker = options.format === 'docker';
  const wanted = options.layers ?? 1;
  const layers =
    typeof wanted === 'number'
      ? Array.from({ length: wanted }, () => randomLayer(options.layerSizeBytes, options))
      : wanted;
  const platform = {
    os: options.os ?? 'linux',
    architecture: options.architecture ?? 'amd64',
    ...(options.variant ? { variant: options.variant } : {}),
  };
  const config = content(
    JSON.stringify({
      ...platform,
      created: '2026-01-02T03:04:05Z',
      config: { Cmd: ['/bin/sh'], Labels: options.labels ?? {} },
      rootfs: {
        type: 'layers',
        diff_ids: layers.map((layer) => ('diffId' in layer ? layer.diffId : layer.digest)),
      },
      history: layers.map((_, number) => ({ created_by: `layer ${number}` })),
      random: randomBytes(8).toString('hex'),
    }),
    isDocker ? mediaTypes.dockerConfig : mediaTypes.ociConfig,
    options.algorithm,
  );
  const manifest = manifestOf(
    {
      schemaVersion: 2,
      mediaType: isDocker ? mediaTypes.dockerManifest : mediaTypes.ociManifest,
      config: descriptorOf(config),
      layers: layers.map((layer) => descriptorOf(layer)),
      ...(options.subject ? { subject: options.subject } : {}),
      ...(options.annotations ? { annotations: options.annotations } : {}),
    },
    { blobs: [config, ...layers], algorithm: options.algorithm },
  );
  return { ...manifest, platform };
}

/** An artifact: any media types, an empty config, optionally pointing at a subject. */
export function randomArtifact(
  options: Pick<ImageOptions, 'subject' | 'annotations' | 'algorithm'> & { artifactType?: string } = {},
): TestManifest {
  const artifactType = options.artifactType ?? 'application/vnd.example.sbom.v1+json';
  const config = content('{}', mediaTypes.ociEmpty, options.algorithm);
  const layer = content(randomBytes(64), 'application/vnd.example.data', options.algorithm);
  const manifest = manifestOf(
    {
      schemaVersion: 2,
      mediaType: mediaTypes.ociManifest,
      artifactType,
      config: descriptorOf(config),
      layers: [descriptorOf(layer)],
      ...(options.subject ? { subject: options.subject } : {}),
      ...(options.annotations ? { annotations: options.annotations } : {}),
    },
    { blobs: [config, layer], algorithm: options.algorithm },
  );
  return { ...manifest, artifactType };
}

/** An index (or Docker manifest list) of manifests. */
export function indexOf(
  children: TestManifest[],
  options: Pick<ImageOptions, 'format' | 'subject' | 'annotations' | 'algorithm'> & {
    artifactType?: string;
  } = {},
): TestManifest {
  const { artifactType, subject, annotations } = options;
  return manifestOf(
    {
      schemaVersion: 2,
      mediaType: options.format === 'docker' ? mediaTypes.dockerList : mediaTypes.ociIndex,
      ...(artifactType ? { artifactType } : {}),
      manifests: children.map((child) =>
        descriptorOf(child, child.platform ? { platform: child.platform } : {}),
      ),
      ...(subject ? { subject } : {}),
      ...(annotations ? { annotations } : {}),
    },
    { children, algorithm: options.algorithm },
  );
}

/** Any JSON as a manifest: for tables of bad ones. */
export function manifestOf(
  body: Record<string, unknown>,
  options: {
    blobs?: Content[];
    children?: TestManifest[];
    algorithm?: DigestAlgorithm;
    mediaType?: string;
  } = {},
): TestManifest {
  const mediaType = options.mediaType ?? String(body.mediaType ?? mediaTypes.ociManifest);
  const json = JSON.stringify(body, undefined, 2);
  return {
    ...content(json, mediaType, options.algorithm),
    blobs: options.blobs ?? [],
    children: options.children ?? [],
  };
}
