import { z } from 'zod';
import { instantSchema } from '../http/common.schema.js';

export const pullStatisticsQuerySchema = z.object({
  tag: z
    .string()
    .optional()
    .meta({ description: 'Of this tag alone; those by a digest that it was on included.' }),
});

export const pullStatisticsSchema = z
  .object({
    pullCount: z.int().meta({ description: 'Since the beginning.' }),
    lastPulledAt: instantSchema.nullable(),
    days: z
      .array(z.object({ day: z.iso.date(), count: z.int() }))
      .meta({ description: 'The last 90 days (UTC), today last.' }),
  })
  .meta({ id: 'PullStatistics' });

export type PullStatisticsQuery = z.output<typeof pullStatisticsQuerySchema>;
export type PullStatisticsAnswer = z.output<typeof pullStatisticsSchema>;
