import { z } from 'zod';
import { instantSchema } from '../http/common.schema.js';

const providerName = z.string().meta({ examples: ['corp'] });

export const oidcProviderListSchema = z
  .object({
    items: z.array(
      z.object({
        name: providerName.meta({ description: 'Sign-in begins at `/api/v1/oidc/{name}/login?next=`.' }),
        label: z.string().meta({ description: 'What people read.' }),
      }),
    ),
  })
  .meta({ id: 'OidcProviders' });

export const newIdentitySchema = z
  .strictObject({ next: z.string().max(2000).meta({ description: 'The page to come back to.' }) })
  .partial()
  .meta({ id: 'NewIdentity' });

export const identityLoginSchema = z
  .object({ url: z.url().meta({ description: 'Where this browser goes; it holds for ten minutes.' }) })
  .meta({ id: 'IdentityLogin' });

export const identityListSchema = z
  .object({
    items: z.array(
      z.object({
        provider: providerName,
        displayName: z.string().nullable().meta({ description: 'What the provider calls the person.' }),
        createdAt: instantSchema,
        lastSignInAt: instantSchema.nullable(),
      }),
    ),
  })
  .meta({ id: 'Identities' });

const groupName = z.strictObject({
  provider: z.string().min(1).max(32),
  group: z
    .string()
    .min(1)
    .max(300)
    .regex(/^\P{Cc}*$/u, 'must not contain control characters')
    .meta({ description: "As the provider's groups claim has it.", examples: ['developers'] }),
});

export const groupNameSchema = groupName.meta({ id: 'GroupName' });

/** The same as a query: one with an id would be left out of the OpenAPI document. */
export const groupQuerySchema = groupName;

export const teamGroupSchema = z
  .object({ provider: providerName, group: z.string(), createdAt: instantSchema })
  .meta({ id: 'TeamGroup' });

export const teamGroupListSchema = z.object({ items: z.array(teamGroupSchema) }).meta({ id: 'TeamGroups' });

export type OidcProviderList = z.output<typeof oidcProviderListSchema>;
export type NewIdentityBody = z.output<typeof newIdentitySchema>;
export type IdentityLogin = z.output<typeof identityLoginSchema>;
export type IdentityList = z.output<typeof identityListSchema>;
export type GroupNameBody = z.output<typeof groupNameSchema>;
export type TeamGroupAnswer = z.output<typeof teamGroupSchema>;
export type TeamGroupList = z.output<typeof teamGroupListSchema>;
