import { z } from 'zod';
import { instantSchema } from '../http/common.schema.js';
import { immutableBySchema } from '../lifecycle/lifecycle.schema.js';
import { artifactKinds } from './artifact-kind.js';
import { shownKinds } from './manifest-kind.js';

const bytes = z.int().meta({ description: 'As it is transferred.' });
const annotations = z.record(z.string(), z.string());

export const layerSchema = z
  .object({
    digest: z.string(),
    sizeBytes: bytes,
    mediaType: z.string(),
    title: z.string().nullable().meta({ description: 'The file that it is, in an artifact.' }),
    createdBy: z.string().nullable().meta({ description: 'The command that made it, as the config tells.' }),
    isEmpty: z.literal(false),
    isBase: z.boolean().meta({ description: 'Of the image that this one is based on.' }),
  })
  .meta({ id: 'Layer' });

export const imageConfigSchema = z
  .object({
    os: z.string().nullable(),
    architecture: z.string().nullable(),
    variant: z.string().nullable(),
    created: z.string().nullable(),
    author: z.string().nullable(),
    entrypoint: z.array(z.string()),
    cmd: z.array(z.string()),
    env: z.array(z.string()),
    exposedPorts: z.array(z.string()),
    volumes: z.array(z.string()),
    user: z.string().nullable(),
    workingDir: z.string().nullable(),
    labels: z.record(z.string(), z.string()),
    stopSignal: z.string().nullable(),
  })
  .meta({ id: 'ImageConfig' });

export const referrerSchema = z
  .object({
    digest: z.string(),
    artifactType: z.string().nullable(),
    kind: z.enum(['signature', 'sbom', 'attestation', 'chart', 'wasm', 'other']),
    sizeBytes: bytes,
    annotations,
    pushedAt: instantSchema,
  })
  .meta({ id: 'Referrer' });

const platformManifestSchema = z
  .object({
    digest: z.string(),
    platform: z.object({
      os: z.string(),
      architecture: z.string(),
      variant: z.string().optional(),
      label: z.string().meta({ examples: ['linux/arm64/v8'] }),
    }),
    sizeBytes: bytes,
  })
  .meta({ id: 'PlatformManifest' });

export const manifestDetailSchema = z
  .object({
    digest: z.string(),
    mediaType: z.string(),
    artifactType: z.string().nullable(),
    kind: z.enum(shownKinds),
    artifactKind: z.enum(artifactKinds),
    tags: z.array(z.string()).meta({ description: 'At most 100.' }),
    immutableBy: immutableBySchema.nullable().meta({
      description: 'The rule that holds the tag asked for; by digest, one of its tags, so that it stays too.',
    }),
    expiresAt: instantSchema.nullable().meta({ description: 'When the tag asked for ends by itself.' }),
    sizeBytes: bytes,
    pushedAt: instantSchema,
    pushedBy: z.string().nullable(),
    annotations,
    subject: z.string().nullable().meta({ description: 'The digest that it is attached to.' }),
    indexes: z.array(z.string()).meta({ description: 'Digests of indexes here that list it, at most 10.' }),
    platforms: z.array(platformManifestSchema).meta({ description: 'Of an index.' }),
    layers: z.array(layerSchema),
    config: imageConfigSchema
      .nullable()
      .meta({ description: 'Null for what is no image, and where it could not be read.' }),
    base: z
      .object({
        repository: z.string(),
        tag: z.string().nullable(),
        digest: z.string(),
        layerCount: z.int(),
      })
      .nullable()
      .meta({ description: 'The image here with the most layers that this one begins with.' }),
    referrers: z.array(referrerSchema).meta({ description: 'What is attached to it, at most 100.' }),
    usedBy: z
      .array(z.object({ repository: z.string(), tag: z.string().nullable(), digest: z.string() }))
      .meta({ description: 'Tagged images that begin with all its layers, one a repository, at most 50.' }),
    raw: z.string().meta({ description: 'The manifest as it was pushed.' }),
  })
  .meta({ id: 'ManifestDetail' });

export type LayerAnswer = z.output<typeof layerSchema>;
export type ReferrerAnswer = z.output<typeof referrerSchema>;
export type ManifestDetailAnswer = z.output<typeof manifestDetailSchema>;
