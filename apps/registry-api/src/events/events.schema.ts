import { z } from 'zod';
import { instantSchema } from '../http/common.schema.js';

const position = z.string().regex(/^\d{1,16}$/, 'is the id of an event');

export const eventsQuerySchema = z.object({
  repository: z
    .string()
    .optional()
    .meta({ description: 'The full name. Without it: all repositories in the namespaces of the requester.' }),
  after: position.optional().meta({
    description:
      'The `id` of the last event that was received, as `Last-Event-ID` says it: what was missed comes first.',
  }),
});

/** `Last-Event-ID` is the browser's to send: what is no id of ours counts as none. */
export const lastEventIdSchema = position.optional().catch(undefined);

const repository = z.string().meta({ description: 'As people write it.' });

export const pushProgressSchema = z
  .object({
    repository,
    uploads: z.array(
      z.object({
        id: z.string(),
        bytes: z.int().meta({ description: 'That have arrived.' }),
        totalBytes: z.int().nullable().meta({ description: 'Where the client has sent a length.' }),
        digest: z.string().nullable().meta({ description: 'Once it is finished.' }),
        state: z.enum(['open', 'finished']),
      }),
    ),
  })
  .meta({
    id: 'PushProgress',
    description: 'The data of `push-progress`: all blobs of a push that goes on.',
  });

export const pushedSchema = z
  .object({ repository, tag: z.string().nullable(), digest: z.string(), at: instantSchema })
  .meta({ id: 'Pushed', description: 'The data of `pushed`: a manifest was pushed, or a tag was put back.' });

export type EventsQuery = z.output<typeof eventsQuerySchema>;
