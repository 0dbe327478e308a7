import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import {
  type Content,
  content,
  descriptorOf,
  digestOf,
  manifestOf,
  mediaTypes,
  type TestManifest,
} from './images.js';
import { tar } from './tar.js';

/** A layer as a build makes it. */
export interface Step {
  /** `COPY dist/ /srv`, as the history tells it. */
  command: string;
  sizeBytes: number;
}

/** An image as a build makes it: with the commands that made its layers, on the layers of another one. */
export interface Build {
  base?: BuiltImage;
  steps: Step[];
  architecture?: string;
  os?: string;
  variant?: string;
  /** What the config says besides: `Env`, `Entrypoint`, `Labels` … */
  config?: Record<string, unknown>;
  annotations?: Record<string, string>;
  createdAt?: Date;
}

export interface BuiltImage extends TestManifest {
  layers: BuiltLayer[];
}

interface BuiltLayer extends Content {
  diffId: string;
  command: string;
}

export function buildImage(build: Build): BuiltImage {
  const layers = [...(build.base?.layers ?? []), ...build.steps.map(layerOf)];
  const platform = {
    os: build.os ?? 'linux',
    architecture: build.architecture ?? 'amd64',
    ...(build.variant ? { variant: build.variant } : {}),
  };
  const created = (build.createdAt ?? new Date('2026-01-02T03:04:05Z')).toISOString();
  const config = content(
    JSON.stringify({
      ...platform,
      created,
      config: build.config ?? {},
      rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
      history: layers.map(({ command }) => ({ created, created_by: command })),
    }),
    mediaTypes.ociConfig,
  );
  const manifest = manifestOf(
    {
      schemaVersion: 2,
      mediaType: mediaTypes.ociManifest,
      config: descriptorOf(config),
      layers: layers.map((layer) => descriptorOf(layer)),
      ...(build.annotations ? { annotations: build.annotations } : {}),
    },
    { blobs: [config, ...layers] },
  );
  return { ...manifest, platform, layers };
}

/** A file of random bytes, which do not get smaller. */
function layerOf({ command, sizeBytes }: Step): BuiltLayer {
  const archive = tar([{ path: `file-${randomBytes(6).toString('hex')}`, bytes: randomBytes(sizeBytes) }]);
  const layer = content(gzipSync(archive, { level: 1 }), mediaTypes.ociLayer);
  return { ...layer, diffId: digestOf(archive), command };
}
