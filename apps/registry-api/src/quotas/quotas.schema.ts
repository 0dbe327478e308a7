import { z } from 'zod';
import { instantSchema } from '../http/common.schema.js';

const limit = (of: string) =>
  z
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .nullable()
    .meta({ description: `Most ${of}; null: no limit.` });

export const quotaLimitsSchema = z
  .strictObject({ maxBytes: limit('bytes of blobs'), maxRepositories: limit('repositories') })
  .meta({ id: 'QuotaLimits' });

export const usageSchema = z
  .object({
    usedBytes: z.int().meta({
      description:
        'Of a namespace: of all blobs that one of its repositories has, each once, also those that only trash needs. Of the instance: of all blobs in the store.',
    }),
    usedRepositories: z.int(),
    maxBytes: limit('bytes of blobs'),
    maxRepositories: limit('repositories'),
  })
  .meta({ id: 'Usage' });

export const namespaceStorageSchema = usageSchema
  .extend({
    sharedBytes: z
      .int()
      .meta({ description: 'Of blobs that several repositories of the namespace have, each once.' }),
    savedBytes: z.int().meta({ description: 'What more it would be if its repositories shared nothing.' }),
  })
  .meta({ id: 'NamespaceStorage' });

export const quotaListSchema = z
  .object({
    instance: usageSchema,
    items: z.array(usageSchema.extend({ namespace: z.string() }).meta({ id: 'NamespaceQuota' })),
  })
  .meta({ id: 'QuotaList' });

export const namespaceUsagePageSchema = z
  .object({
    items: z.array(
      usageSchema
        .extend({
          name: z.string(),
          kind: z.enum(['user', 'organization', 'instance']),
          description: z.string(),
          createdAt: instantSchema,
        })
        .meta({ id: 'NamespaceUsage' }),
    ),
    nextCursor: z.string().optional(),
  })
  .meta({ id: 'NamespaceUsagePage' });

export type NamespaceUsagePageAnswer = z.output<typeof namespaceUsagePageSchema>;
export type QuotaLimitsBody = z.output<typeof quotaLimitsSchema>;
export type NamespaceStorageAnswer = z.output<typeof namespaceStorageSchema>;
export type UsageAnswer = z.output<typeof usageSchema>;
export type QuotaListAnswer = z.output<typeof quotaListSchema>;
