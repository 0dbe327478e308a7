import { z } from 'zod';
import { instantSchema } from '../http/common.schema.js';
import { jobRunSchema } from '../jobs/jobs.schema.js';

const MAX_GRACE_SECONDS = 10 * 365 * 24 * 60 * 60;
const MAX_WAIT_SECONDS = 60;

export const collectionOrderSchema = z
  .strictObject({
    graceSeconds: z.int().min(0).max(MAX_GRACE_SECONDS).meta({
      description:
        'How long nobody may have touched what goes; `BERTH_COLLECTION_GRACE_SECONDS` if not given.',
    }),
    dryRun: z.boolean().meta({ description: 'Removes nothing, and answers what would go.' }),
    waitSeconds: z.int().min(0).max(MAX_WAIT_SECONDS).meta({
      description: 'How long the answer may wait for the end; 10 if not given.',
    }),
  })
  .partial()
  .meta({ id: 'CollectionOrder' });

export const collectionSchema = z
  .object({
    graceSeconds: z.int().meta({ description: 'Of scheduled collections.' }),
    nextAt: instantSchema.nullable(),
    current: jobRunSchema.nullable().meta({ description: 'Queued or under way.' }),
    last: jobRunSchema.nullable().meta({ description: 'The last that ended.' }),
  })
  .meta({ id: 'Collection' });

export type CollectionOrder = z.output<typeof collectionOrderSchema>;
export type CollectionAnswer = z.output<typeof collectionSchema>;
