import { z } from 'zod';
import { instantSchema, roleSchema } from '../http/common.schema.js';

export const grantSchema = z
  .object({
    kind: z.enum(['user', 'team', 'robot']),
    name: z.string().meta({ description: 'A user name (a robot has one too), or a team of the namespace.' }),
    role: roleSchema,
    createdAt: instantSchema,
  })
  .meta({ id: 'Grant' });

export const grantPageSchema = z
  .object({ items: z.array(grantSchema), nextCursor: z.string().optional() })
  .meta({ id: 'GrantPage' });

export type GrantAnswer = z.output<typeof grantSchema>;
