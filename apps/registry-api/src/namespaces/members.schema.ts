import { z } from 'zod';
import { instantSchema, roleSchema } from '../http/common.schema.js';

export const memberSchema = z
  .object({ username: z.string(), role: roleSchema, createdAt: instantSchema })
  .meta({ id: 'Member' });

export const memberPageSchema = z
  .object({ items: z.array(memberSchema), nextCursor: z.string().optional() })
  .meta({ id: 'MemberPage' });

export type MemberAnswer = z.output<typeof memberSchema>;
