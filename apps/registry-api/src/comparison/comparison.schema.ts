import { InvalidReference, parseReference } from '@berth/oci';
import { z } from 'zod';
import { instantSchema } from '../http/common.schema.js';
import { artifactKinds } from '../manifests/artifact-kind.js';
import { shownKinds } from '../manifests/manifest-kind.js';
import { layerSchema } from '../manifests/manifests.schema.js';

const referenceSchema = z
  .string()
  .transform((text, context) => {
    try {
      return parseReference(text);
    } catch (error) {
      if (!(error instanceof InvalidReference)) throw error;
      context.addIssue(`must be a tag or a digest: ${error.reason}`);
      return z.NEVER;
    }
  })
  .meta({ description: 'A tag or a digest.' });

export const comparisonQuerySchema = z.strictObject({
  a: referenceSchema,
  b: referenceSchema,
  platform: z
    .string()
    .max(100)
    .regex(/^[^\0]*$/, 'must not contain NUL characters')
    .optional()
    .meta({
      description: 'Of indexes. Without it linux/amd64, or else the first that both have.',
      examples: ['linux/arm64'],
    }),
});

const comparedManifestSchema = z
  .object({
    tag: z.string().nullable().meta({ description: 'Null for what was asked for by its digest.' }),
    digest: z.string(),
    kind: z.enum(shownKinds),
    artifactKind: z.enum(artifactKinds),
    platform: z.string().nullable().meta({ description: 'Of the image that was compared.' }),
    imageDigest: z
      .string()
      .meta({ description: 'What was compared: of an index the image of the platform.' }),
    sizeBytes: z.int().meta({ description: 'Of what was compared, as it is transferred.' }),
    hasConfig: z.boolean().meta({ description: 'Whether it has a config that can be compared.' }),
    pushedAt: instantSchema,
  })
  .meta({ id: 'ComparedManifest' });

const changeSchema = z
  .object({
    key: z.string(),
    a: z.string().nullable().meta({ description: 'Null where it is not there.' }),
    b: z.string().nullable(),
  })
  .meta({ id: 'Change' });

const ofConfigs = 'Only where both have a config.';

export const comparisonSchema = z
  .object({
    a: comparedManifestSchema,
    b: comparedManifestSchema,
    platforms: z
      .array(z.string())
      .meta({ description: 'Those that can be compared, where one is an index.' }),
    layers: z.object({
      shared: z.array(layerSchema),
      onlyA: z.array(layerSchema),
      onlyB: z.array(layerSchema),
    }),
    bytesToPull: z.int().meta({ description: 'Layers and config of b that a client with a lacks.' }),
    config: z.array(changeSchema).meta({ description: `${ofConfigs} Commands are written as JSON lists.` }),
    env: z.array(changeSchema).meta({ description: ofConfigs }),
    labels: z.array(changeSchema).meta({ description: ofConfigs }),
    annotations: z.array(changeSchema),
  })
  .meta({ id: 'Comparison' });

export type ComparisonQuery = z.output<typeof comparisonQuerySchema>;
export type ComparedManifestAnswer = z.output<typeof comparedManifestSchema>;
export type ComparisonAnswer = z.output<typeof comparisonSchema>;
export type ChangeAnswer = z.output<typeof changeSchema>;
