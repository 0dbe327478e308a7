import { z } from 'zod';
import { instantSchema } from '../http/common.schema.js';
import { retentionPolicySchema } from '../lifecycle/lifecycle.schema.js';
import { keepingReasons } from './kept-tags.js';

export const MAX_LISTED = 1000;
export const MAX_NAMED = 20;

export const retentionPreviewBodySchema = z
  .strictObject({
    retention: retentionPolicySchema
      .optional()
      .meta({ description: 'A policy to try; the one that holds now without it.' }),
  })
  .meta({ id: 'RetentionPreviewBody' });

const keptSchema = z
  .object({
    because: z.enum(keepingReasons).meta({
      description:
        'immutable; unmatched: no rule is for it; last: of the last or highest; newer: than its rule says; pulled: lately.',
    }),
    rule: z.int().nullable().meta({ description: 'Which rule keeps them, from 0.' }),
    tagCount: z.int(),
    tags: z.array(z.string()).meta({ description: `By name, the first ${MAX_NAMED}.` }),
  })
  .meta({ id: 'KeptTags' });

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
    kept: z.array(keptSchema).meta({ description: 'Why the other tags stay.' }),
    keptUntaggedCount: z.int().meta({
      description: 'Manifests without a tag that stay, since no rule is for them or they are too young.',
    }),
    plan: z.string().meta({ description: 'Stands for all that goes: a run can be held to it.' }),
  })
  .meta({ id: 'RetentionPreview' });

export const retentionRunBodySchema = z
  .strictObject({
    plan: z.string().optional().meta({
      description: 'Of the preview: 409, and nothing is removed, when the run would remove something else.',
    }),
  })
  .default({})
  .meta({ id: 'RetentionRunBody' });

export const retentionRunSchema = z
  .object({
    id: z.string(),
    startedAt: instantSchema,
    finishedAt: instantSchema,
    runBy: z.string().meta({ description: 'A name, or `system`: by the schedule.' }),
    tagCount: z.int(),
    manifestCount: z.int(),
    freedBytes: z.int(),
    isRestorable: z.boolean().meta({ description: 'Whether some of it is still to be restored.' }),
  })
  .meta({ id: 'RetentionRun' });

export const restoredRunSchema = z
  .object({
    tagCount: z.int(),
    manifestCount: z.int(),
    problems: z.array(z.string()).meta({ description: 'Why something did not come back.' }),
  })
  .meta({ id: 'RestoredRun' });

export const retentionRunPageSchema = z
  .object({
    items: z.array(retentionRunSchema),
    nextCursor: z.string().optional(),
    nextAt: instantSchema.nullable().meta({ description: 'When the next run comes by its schedule.' }),
  })
  .meta({ id: 'RetentionRunPage' });

export type RetentionPreviewBody = z.output<typeof retentionPreviewBodySchema>;
export type RetentionPreviewAnswer = z.output<typeof retentionPreviewSchema>;
export type RestoredRunAnswer = z.output<typeof restoredRunSchema>;
export type RetentionRunBody = z.output<typeof retentionRunBodySchema>;
export type RetentionRunPageAnswer = z.output<typeof retentionRunPageSchema>;
export type RetentionRunAnswer = z.output<typeof retentionRunSchema>;
