import { InvalidNamespaceName, NamespaceName } from '@berth/oci';
import { z } from 'zod';
import { roles } from '../access/access-facts.js';
import { limits } from '../limits.js';

/** A new name: one lowercase component of the distribution spec's grammar. */
export const componentSchema = z.string().superRefine((text, context) => {
  try {
    NamespaceName.parse(text);
  } catch (error) {
    if (!(error instanceof InvalidNamespaceName)) throw error;
    context.addIssue(error.reason);
  }
});

/** A line that people read in lists and terminals. */
export const lineSchema = z
  .string()
  .max(limits.descriptionCharacters)
  .regex(/^\P{Cc}*$/u, 'must be one line without control characters');

/** RFC 3339, as answers give it. */
export const instantSchema = z.iso.datetime();

/** A switch in a query: `?mine=true`. */
export const flagSchema = z.enum(['true', 'false']).transform((text) => text === 'true');

export const roleSchema = z.enum(roles).meta({
  description: 'reader: pull; writer: and push; maintainer: and delete, settings; owner: everything.',
});

/** `PUT` of a member or a grant. */
export const roleBodySchema = z.strictObject({ role: roleSchema }).meta({ id: 'RoleBody' });

export type RoleBody = z.output<typeof roleBodySchema>;
