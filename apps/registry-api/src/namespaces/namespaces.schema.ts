import { z } from 'zod';
import { componentSchema, instantSchema, lineSchema, roleSchema } from '../http/common.schema.js';
import { cursorPageSchema } from '../http/cursor-page.js';

const description = lineSchema.meta({ description: 'One line about whose namespace it is.' });

export const newNamespaceSchema = z
  .strictObject({
    name: componentSchema.meta({
      description:
        'One lowercase component of repository names. It is never given out again, and cannot change.',
      examples: ['team'],
    }),
    description: description.default(''),
  })
  .meta({ id: 'NewNamespace' });

export const namespaceChangeSchema = z
  .strictObject({ description })
  .partial()
  .meta({ id: 'NamespaceChange' });

export const namespaceListQuerySchema = cursorPageSchema.extend({
  all: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .default(false)
    .meta({ description: 'All that the requester sees anything of, not only those it belongs to.' }),
});

export const namespaceSchema = z
  .object({
    name: z.string(),
    kind: z.enum(['user', 'organization', 'instance']),
    repositoryCount: z
      .int()
      .meta({ description: 'Of repositories that the requester may pull, up to 1000.' }),
    role: roleSchema.nullable().meta({ description: 'Of the requester; null for who is no member.' }),
    description: z
      .string()
      .nullable()
      .meta({ description: 'Null for who is neither a member nor an admin.' }),
    createdAt: instantSchema
      .nullable()
      .meta({ description: 'Null for who is neither a member nor an admin.' }),
  })
  .meta({ id: 'Namespace' });

export const namespacePageSchema = z
  .object({ items: z.array(namespaceSchema), nextCursor: z.string().optional() })
  .meta({ id: 'NamespacePage' });

export type NewNamespaceBody = z.output<typeof newNamespaceSchema>;
export type NamespaceChange = z.output<typeof namespaceChangeSchema>;
export type NamespaceListQuery = z.output<typeof namespaceListQuerySchema>;
export type NamespaceAnswer = z.output<typeof namespaceSchema>;
