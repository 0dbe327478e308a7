import { z } from 'zod';
import {
  credentialListQuerySchema,
  expiresAtSchema,
  repositoriesSchema,
} from '../access/credential.schema.js';
import { robotScopes } from '../access/credential-reach.js';
import { componentSchema, instantSchema, lineSchema } from '../http/common.schema.js';

const scopes = z.array(z.enum(robotScopes)).meta({
  description: 'repository:read, :write, :delete: pull, push, delete. A robot administers nothing.',
});

const description = lineSchema.meta({ description: 'One line about what it is for.' });

const givenScopes = scopes.min(1, 'must hold at least one scope');

export const newRobotSchema = z
  .strictObject({
    name: componentSchema.meta({ description: 'One lowercase component.', examples: ['ci'] }),
    description: description.default(''),
    scopes: givenScopes,
    repositories: repositoriesSchema.nullish(),
    expiresAt: expiresAtSchema.nullish(),
  })
  .meta({ id: 'NewRobot' });

export const robotChangeSchema = z
  .strictObject({
    description,
    scopes: givenScopes,
    repositories: repositoriesSchema.nullable().meta({ description: 'Null takes the limit away.' }),
    expiresAt: expiresAtSchema.nullable().meta({ description: 'Null takes the end away.' }),
    isDisabled: z.boolean(),
  })
  .partial()
  .meta({ id: 'RobotChange' });

export const robotSchema = z
  .object({
    name: z.string(),
    username: z.string().meta({ description: 'By which it signs in.', examples: ['robot+team+ci'] }),
    description: z.string(),
    prefix: z.string().meta({ description: 'The beginning of the secret.', examples: ['berth_robot_3kFa'] }),
    scopes,
    repositories: z.array(z.string()).nullable().meta({ description: 'Null: no limit.' }),
    expiresAt: instantSchema.nullable(),
    previousExpiresAt: instantSchema
      .nullable()
      .meta({ description: 'Until when the secret before the last rotation counts as well.' }),
    isDisabled: z.boolean(),
    lastUsedAt: instantSchema.nullable(),
    lastUsedAddress: z.string().nullable(),
    createdAt: instantSchema,
  })
  .meta({ id: 'Robot' });

const secret = z.string().meta({ description: 'The password. It is shown only this once.' });

export const robotWithSecretSchema = robotSchema.extend({ secret }).meta({ id: 'RobotWithSecret' });

export const robotPageSchema = z
  .object({ items: z.array(robotSchema), nextCursor: z.string().optional() })
  .meta({ id: 'RobotPage' });

export const placedRobotPageSchema = z
  .object({
    items: z.array(robotSchema.extend({ id: z.string(), namespace: z.string() }).meta({ id: 'PlacedRobot' })),
    nextCursor: z.string().optional(),
  })
  .meta({ id: 'PlacedRobotPage' });

export const robotListQuerySchema = credentialListQuerySchema.extend({
  namespace: lineSchema.optional().meta({ description: 'Only those of this namespace.' }),
});

export type NewRobotBody = z.output<typeof newRobotSchema>;
export type RobotChange = z.output<typeof robotChangeSchema>;
export type RobotAnswer = z.output<typeof robotSchema>;
export type RobotWithSecretAnswer = z.output<typeof robotWithSecretSchema>;
export type PlacedRobotAnswer = z.output<typeof placedRobotPageSchema>['items'][number];
export type RobotListQuery = z.output<typeof robotListQuerySchema>;
