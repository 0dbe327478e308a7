import { z } from 'zod';
import { instantSchema } from '../http/common.schema.js';
import { cursorPageSchema } from '../http/cursor-page.js';

const name = z
  .string()
  .min(1)
  .max(300)
  .regex(/^\P{Cc}*$/u, 'must not contain control characters');
const instant = z.iso.datetime({ offset: true, error: 'must be a time such as 2027-01-31T00:00:00Z' });

export const auditQuerySchema = cursorPageSchema.extend({
  actor: name.optional(),
  action: name
    .optional()
    .meta({ description: 'Whole, or its beginning and a star: `user.*`.', examples: ['user.create'] }),
  object: name.optional().meta({
    description: 'Whole, or its beginning and a star: `repository:team/*`.',
    examples: ['user:bob'],
  }),
  result: z.enum(['done', 'refused']).optional(),
  from: instant.optional().meta({ description: 'The earliest time wanted.' }),
  to: instant.optional().meta({ description: 'The first time no longer wanted.' }),
  format: z
    .enum(['csv', 'jsonl'])
    .optional()
    .meta({ description: 'All that match as one file, whatever `limit` and `cursor` say.' }),
});

export const auditEntrySchema = z
  .object({
    id: z.string(),
    at: instantSchema,
    actor: z.string(),
    credential: z.string(),
    address: z.string().nullable(),
    action: z.string(),
    object: z.string(),
    result: z.enum(['done', 'refused']),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' });

export const auditPageSchema = z
  .object({ items: z.array(auditEntrySchema), nextCursor: z.string().optional() })
  .meta({ id: 'AuditPage' });

export type AuditQuery = z.output<typeof auditQuerySchema>;
export type AuditAnswer = z.output<typeof auditEntrySchema>;
