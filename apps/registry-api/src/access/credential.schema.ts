import { z } from 'zod';
import { cursorPageSchema } from '../http/cursor-page.js';

const MAX_REPOSITORIES = 100;
const MAX_REVOCATIONS = 1000;
const MAX_OVERLAP_SECONDS = 7 * 24 * 60 * 60;

/** What access tokens and robot accounts have in common. */
export const repositoriesSchema = z
  .array(z.string())
  .min(1, 'must name at least one repository; leave it out for no limit')
  .max(MAX_REPOSITORIES)
  .meta({
    description:
      'Limits it to these: names (`team/app`) and beginnings followed by `*` (`team/*`). None: no limit.',
    examples: [['team/*']],
  });

export const expiresAtSchema = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .meta({ description: 'RFC 3339, in the future. None: it counts until it is revoked.' });

/** The body of a rotation; none at all is one without an overlap. */
export const rotationSchema = z
  .strictObject({
    overlapSeconds: z
      .int()
      .min(0)
      .max(MAX_OVERLAP_SECONDS)
      .default(0)
      .meta({ description: 'How long the secret of before counts as well, 7 days at most.' }),
  })
  .default({ overlapSeconds: 0 })
  .meta({ id: 'Rotation' });

export const revocationsSchema = z
  .strictObject({
    ids: z
      .array(z.string().regex(/^[1-9][0-9]{0,17}$/, 'must be an id'))
      .min(1)
      .max(MAX_REVOCATIONS),
  })
  .meta({ id: 'Revocations' });

export const revokedSchema = z
  .object({
    revokedIds: z.array(z.string()).meta({ description: 'Of those asked for, what was still there.' }),
  })
  .meta({ id: 'Revoked' });

/** The query of an admin's list of credentials. */
export const credentialListQuerySchema = cursorPageSchema.extend({
  expired: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional()
    .meta({ description: 'true: only those that have expired; false: only those that have not.' }),
  unusedDays: z
    .string()
    .regex(/^[0-9]{1,4}$/, 'must be a whole number of days')
    .transform(Number)
    .optional()
    .meta({ description: 'Only those that nobody has used for so many days.' }),
});

export type RotationBody = z.output<typeof rotationSchema>;
export type RevocationsBody = z.output<typeof revocationsSchema>;
export type RevokedAnswer = z.output<typeof revokedSchema>;

/** By what an admin's list of credentials is narrowed; undefined = by nothing. */
export interface CredentialFilter {
  readonly isExpired?: boolean;
  readonly unusedDays?: number;
}
