import { z } from 'zod';
import {
  credentialListQuerySchema,
  expiresAtSchema,
  repositoriesSchema,
} from '../access/credential.schema.js';
import { accessTokenScopes } from '../access/credential-reach.js';
import { instantSchema, lineSchema } from '../http/common.schema.js';

const scopes = z
  .array(z.enum(accessTokenScopes))
  .meta({ description: 'repository:read, :write, :delete: pull, push, delete; admin: change settings.' });

export const newAccessTokenSchema = z
  .strictObject({
    name: z
      .string()
      .min(1)
      .max(100)
      .regex(/^\P{Cc}*$/u, 'must be one line without control characters')
      .meta({ description: 'By which its owner knows it.', examples: ['laptop'] }),
    scopes: scopes.min(1, 'must hold at least one scope'),
    repositories: repositoriesSchema.nullish(),
    expiresAt: expiresAtSchema.nullish(),
  })
  .meta({ id: 'NewAccessToken' });

export const accessTokenSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string().meta({ description: 'The beginning of the secret.', examples: ['berth_pat_3kFa'] }),
    scopes,
    repositories: z.array(z.string()).nullable().meta({ description: 'Null: no limit.' }),
    expiresAt: instantSchema.nullable(),
    previousExpiresAt: instantSchema
      .nullable()
      .meta({ description: 'Until when the secret before the last rotation counts as well.' }),
    lastUsedAt: instantSchema.nullable(),
    lastUsedAddress: z.string().nullable(),
    createdAt: instantSchema,
  })
  .meta({ id: 'AccessToken' });

const token = z.string().meta({ description: 'The secret. It is shown only this once.' });

export const accessTokenWithSecretSchema = accessTokenSchema
  .extend({ token })
  .meta({ id: 'AccessTokenWithSecret' });

export const accessTokenPageSchema = z
  .object({ items: z.array(accessTokenSchema), nextCursor: z.string().optional() })
  .meta({ id: 'AccessTokenPage' });

export const ownedAccessTokenPageSchema = z
  .object({
    items: z.array(accessTokenSchema.extend({ owner: z.string() }).meta({ id: 'OwnedAccessToken' })),
    nextCursor: z.string().optional(),
  })
  .meta({ id: 'OwnedAccessTokenPage' });

export const accessTokenListQuerySchema = credentialListQuerySchema.extend({
  owner: lineSchema.optional().meta({ description: 'Only those of this user.' }),
});

export type NewAccessTokenBody = z.output<typeof newAccessTokenSchema>;
export type AccessTokenAnswer = z.output<typeof accessTokenSchema>;
export type AccessTokenWithSecretAnswer = z.output<typeof accessTokenWithSecretSchema>;
export type OwnedAccessTokenAnswer = z.output<typeof ownedAccessTokenPageSchema>['items'][number];
export type AccessTokenListQuery = z.output<typeof accessTokenListQuerySchema>;
