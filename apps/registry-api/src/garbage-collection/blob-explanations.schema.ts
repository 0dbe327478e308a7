import { z } from 'zod';
import { instantSchema } from '../http/common.schema.js';
import { blobFates } from './blob-explanations.service.js';

export const blobExplanationSchema = z
  .object({
    digest: z.string(),
    fate: z.enum(blobFates).meta({
      description:
        'kept: a manifest or its trash needs it; waiting: nothing needs it, the grace period goes on; collectable: the next collection removes it; removing: it has gone, its bytes are being removed.',
    }),
    sentence: z.string(),
    goesAt: instantSchema
      .nullable()
      .meta({ description: 'When a collection may take it, if nobody touches it.' }),
    sizeBytes: z.int().nullable(),
    createdAt: instantSchema.nullable(),
    touchedAt: instantSchema.nullable(),
    damagedAt: instantSchema.nullable(),
    repositoryCount: z.int(),
    repositories: z
      .array(
        z.object({
          name: z.string(),
          deletedAt: instantSchema.nullable().meta({ description: 'Of a repository in trash.' }),
          touchedAt: instantSchema,
          isNeeded: z.boolean(),
          manifests: z.array(z.object({ digest: z.string(), tags: z.array(z.string()) })),
          trash: z.array(z.object({ digest: z.string(), deletedAt: instantSchema })),
        }),
      )
      .meta({ description: 'Up to 50 that link it, each with up to 20 manifests.' }),
  })
  .meta({ id: 'BlobExplanation' });

export type BlobExplanationAnswer = z.output<typeof blobExplanationSchema>;
