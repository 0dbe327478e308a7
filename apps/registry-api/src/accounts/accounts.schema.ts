import { z } from 'zod';
import { roles } from '../access/access-facts.js';
import { instantSchema } from '../http/common.schema.js';
import { cursorPageSchema } from '../http/cursor-page.js';

const username = z.string().meta({
  description:
    'One lowercase component of repository names, and the name of the namespace that comes with it.',
  examples: ['alice'],
});
const email = z.email('must be an e-mail address').max(254);
const newPassword = z
  .string()
  .max(1024)
  .meta({ description: '10 to 256 characters, and none of the usual ones.' });

export const newUserSchema = z
  .strictObject({
    username,
    email: email.optional(),
    password: newPassword
      .optional()
      .meta({ description: 'An admin may leave it out and gets a link to set it.' }),
  })
  .meta({ id: 'NewUser' });

export const passwordLinkSchema = z
  .object({
    url: z.url().meta({ description: 'Works once. Whoever has it sets the password: hand it over safely.' }),
    expiresAt: instantSchema,
  })
  .meta({ id: 'PasswordLink' });

export const createdUserSchema = z
  .object({
    username: z.string(),
    email: z.string().nullable(),
    isAdmin: z.boolean(),
    createdAt: instantSchema,
    namespace: z.string(),
    passwordLink: passwordLinkSchema.optional(),
  })
  .meta({ id: 'CreatedUser' });

export const profileChangeSchema = z
  .strictObject({ email: email.nullable() })
  .partial()
  .meta({ id: 'ProfileChange' });

export const passwordChangeSchema = z
  .strictObject({ oldPassword: z.string().min(1).max(1024), newPassword })
  .meta({ id: 'PasswordChange' });

export const linkedPasswordSchema = z.strictObject({ password: newPassword }).meta({ id: 'LinkedPassword' });

export const openLinkSchema = z
  .object({ username: z.string(), expiresAt: instantSchema })
  .meta({ id: 'OpenPasswordLink' });

/** 256 bits in base64url. */
export const linkSecretSchema = z.string().max(100);

export const meSchema = z
  .object({
    kind: z.enum(['user', 'robot']),
    username: z.string(),
    email: z.string().nullable(),
    isAdmin: z.boolean(),
    isPasswordTemporary: z
      .boolean()
      .meta({ description: 'Whether an admin has set the password and so knows it: change it.' }),
    lastSignInAt: instantSchema.nullable(),
    namespaces: z.array(
      z.object({
        name: z.string(),
        kind: z.enum(['user', 'organization', 'instance']),
        role: z.enum(roles),
      }),
    ),
    credential: z.object({
      kind: z.enum(['session', 'password', 'access-token', 'robot']),
      name: z.string(),
      scopes: z
        .array(z.string())
        .nullable()
        .meta({ description: 'What the credential allows at most; null for all that its owner may do.' }),
    }),
  })
  .meta({ id: 'Me' });

export type NewUserBody = z.output<typeof newUserSchema>;
export type CreatedUser = z.output<typeof createdUserSchema>;
export type PasswordLink = z.output<typeof passwordLinkSchema>;
export type ProfileChange = z.output<typeof profileChangeSchema>;
export type PasswordChangeBody = z.output<typeof passwordChangeSchema>;
export type LinkedPasswordBody = z.output<typeof linkedPasswordSchema>;
export type OpenLink = z.output<typeof openLinkSchema>;
export type Me = z.output<typeof meSchema>;

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

export const userListQuerySchema = cursorPageSchema.extend({
  q: z
    .string()
    .max(300)
    .regex(/^\P{Cc}*$/u, 'must not contain control characters')
    .optional()
    .meta({ description: 'Part of the user name or e-mail address.' }),
  disabled: flag.optional(),
  admin: flag.optional(),
  unused: z
    .string()
    .regex(/^[0-9]{1,5}$/, 'must be a whole number of days')
    .transform(Number)
    .optional()
    .meta({ description: 'Only those that nothing was done with for so many days.' }),
});

export const adminUserSchema = z
  .object({
    username: z.string(),
    email: z.string().nullable(),
    isAdmin: z.boolean(),
    isDisabled: z.boolean(),
    hasPassword: z.boolean(),
    createdAt: instantSchema,
    lastSignInAt: instantSchema.nullable().meta({ description: 'With the password, to within a minute.' }),
    lastUsedAt: instantSchema.nullable().meta({ description: 'By password, session or access token.' }),
  })
  .meta({ id: 'User' });

export const adminUserPageSchema = z
  .object({ items: z.array(adminUserSchema), nextCursor: z.string().optional() })
  .meta({ id: 'UserPage' });

export const userChangeSchema = z
  .strictObject({ isAdmin: z.boolean(), isDisabled: z.boolean(), email: email.nullable() })
  .partial()
  .meta({ id: 'UserChange' });

export const userRemovalSchema = z.strictObject({
  owner: z.string('must name who gets the namespace').meta({
    description:
      "The user who becomes owner of the namespace, which stays as an organization with all that's in it.",
  }),
});

export const removedUserSchema = z
  .object({
    owner: z.string(),
    namespaces: z.array(z.string()).meta({
      description: 'Which the owner has got: the own one, and organizations that had no other owner.',
    }),
  })
  .meta({ id: 'RemovedUser' });

export type UserListQuery = z.output<typeof userListQuerySchema>;
export type AdminUser = z.output<typeof adminUserSchema>;
export type UserChange = z.output<typeof userChangeSchema>;
export type UserRemoval = z.output<typeof userRemovalSchema>;
export type RemovedUser = z.output<typeof removedUserSchema>;
