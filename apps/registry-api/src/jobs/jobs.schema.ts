import { z } from 'zod';
import { instantSchema } from '../http/common.schema.js';

const states = ['queued', 'running', 'interrupted', 'cancelling', 'done', 'failed', 'cancelled'] as const;

export const jobRunSchema = z
  .object({
    id: z.uuid(),
    job: z.string(),
    state: z.enum(states).meta({
      description:
        'queued: waits for a process, with an `error` to be tried again; interrupted: its process gives no sign of life, another one begins it again.',
    }),
    requestedBy: z.string().nullable().meta({ description: 'Null: by its schedule.' }),
    input: z.record(z.string(), z.unknown()).meta({ description: 'What it was asked for.' }),
    progress: z.object({
      done: z.int(),
      total: z.int().nullable().meta({ description: 'Null while it is not known.' }),
      bytes: z.int(),
      etaSeconds: z.int().nullable().meta({ description: 'How long it may still take at the rate so far.' }),
    }),
    result: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'What it did, once it is done.' }),
    error: z.string().nullable(),
    queuedAt: instantSchema,
    startedAt: instantSchema.nullable(),
    finishedAt: instantSchema.nullable(),
  })
  .meta({ id: 'JobRun' });

export const jobSchema = z
  .object({
    name: z.string(),
    title: z.string(),
    schedule: z.string().nullable().meta({ description: 'Cron expression, UTC; null: only when asked for.' }),
    nextAt: instantSchema.nullable(),
    current: jobRunSchema.nullable().meta({ description: 'Queued or under way.' }),
    last: jobRunSchema.nullable().meta({ description: 'The last that ended.' }),
  })
  .meta({ id: 'Job' });

export const jobListSchema = z.object({ items: z.array(jobSchema) }).meta({ id: 'JobList' });

export const jobRunPageSchema = z
  .object({ items: z.array(jobRunSchema), nextCursor: z.string().optional() })
  .meta({ id: 'JobRunPage' });

export type JobRunAnswer = z.output<typeof jobRunSchema>;
export type JobAnswer = z.output<typeof jobSchema>;
