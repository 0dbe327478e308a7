import { z } from 'zod';
import { retentionPolicySchema } from '../lifecycle/lifecycle.schema.js';

export const MAX_LISTED = 1000;

export const retentionPreviewBodySchema = z
  .strictObject({
    retention: retentionPolicySchema
      .optional()
      .meta({ description: 'A policy to try; the one that holds now without it.' }),
  })
  .meta({ id: 'RetentionPreviewBody' });

export const retentionPreviewSchema = z
  .object({
    tagCount: z.int(),
    manifestCount: z.int().meta({ description: 'With the children of indexes, and what is attached.' }),
    freedBytes: z.int().meta({
      description:
        'Of what the repository needs no more then; freed after its time in trash, where no other repository needs it.',
    }),
    tags: z
      .array(z.object({ tag: z.string(), digest: z.string() }))
      .meta({ description: `By name, the first ${MAX_LISTED}.` }),
    manifests: z.array(z.string()).meta({ description: `Digests, the first ${MAX_LISTED}.` }),
  })
  .meta({ id: 'RetentionPreview' });

export const retentionRunSchema = z
  .object({ tagCount: z.int(), manifestCount: z.int() })
  .meta({ id: 'RetentionRun' });

export type RetentionPreviewBody = z.output<typeof retentionPreviewBodySchema>;
export type RetentionPreviewAnswer = z.output<typeof retentionPreviewSchema>;
export type RetentionRunAnswer = z.output<typeof retentionRunSchema>;
