import { z } from 'zod';
import { instantSchema } from '../http/common.schema.js';
import { cursorPageSchema } from '../http/cursor-page.js';
import { artifactKinds } from '../manifests/artifact-kind.js';
import { trashReasons } from './trash.entity.js';

const deleted = {
  deletedAt: instantSchema,
  deletedBy: z.string(),
  restorableUntil: instantSchema.meta({ description: 'Removed for good after that.' }),
};

export const trashListQuerySchema = cursorPageSchema.extend({
  namespace: z
    .string()
    .max(255)
    .regex(/^[^\0]*$/, 'must not contain NUL characters')
    .optional()
    .meta({ description: 'Of this namespace only.' }),
});

export const trashedItemSchema = z
  .object({
    kind: z.enum(['namespace', 'repository']),
    id: z.string(),
    name: z.string(),
    ...deleted,
    repositoryCount: z.int().meta({ description: 'Repositories that come back with a namespace.' }),
    tagCount: z.int().meta({ description: 'Tags of a repository.' }),
    sizeBytes: z.int().meta({ description: 'Of the blobs it has, each once, whoever else has them.' }),
  })
  .meta({ id: 'TrashedItem' });

export const trashedItemPageSchema = z
  .object({ items: z.array(trashedItemSchema), nextCursor: z.string().optional() })
  .meta({ id: 'TrashedItemPage' });

export const restorationSchema = z
  .strictObject({
    name: z
      .string()
      .max(300)
      .optional()
      .meta({ description: 'Another full name in the same namespace, when its own is taken again.' }),
  })
  .meta({ id: 'Restoration' });

export const restoredSchema = z.object({ name: z.string() }).meta({ id: 'Restored' });

export const purgeSchema = z
  .strictObject({
    name: z.string().max(300).meta({ description: 'The name of what is removed, to say that it is meant.' }),
  })
  .meta({ id: 'Purge' });

export const trashedManifestSchema = z
  .object({
    id: z.string(),
    digest: z.string(),
    artifactKind: z.enum(artifactKinds),
    platforms: z.array(z.string()),
    tags: z.array(z.string()).meta({ description: 'Tags that come back with it, at most 100.' }),
    attachedCount: z.int().meta({
      description: 'What went with it and comes back with it: what it lists and what was attached.',
    }),
    sizeBytes: z.int().meta({ description: 'As it is transferred.' }),
    reason: z.enum(trashReasons).meta({ description: 'By somebody, by a retention rule, or by its time.' }),
    ...deleted,
  })
  .meta({ id: 'TrashedManifest' });

export const trashedManifestPageSchema = z
  .object({ items: z.array(trashedManifestSchema), nextCursor: z.string().optional() })
  .meta({ id: 'TrashedManifestPage' });

export const restoredManifestSchema = z
  .object({
    digest: z.string(),
    digests: z.array(z.string()).meta({ description: 'All manifests that came back.' }),
    tags: z.array(z.string()).meta({ description: 'Tags that came back.' }),
    takenTags: z
      .array(z.object({ tag: z.string(), digest: z.string() }))
      .meta({ description: 'Tags that were pushed again since, and stay where they are.' }),
  })
  .meta({ id: 'RestoredManifest' });

export const manifestPurgeSchema = z
  .strictObject({
    digest: z
      .string()
      .max(300)
      .meta({ description: 'The digest of what is removed, to say that it is meant.' }),
  })
  .meta({ id: 'ManifestPurge' });

export type TrashListQuery = z.output<typeof trashListQuerySchema>;
export type TrashedItemAnswer = z.output<typeof trashedItemSchema>;
export type RestorationBody = z.output<typeof restorationSchema>;
export type RestoredAnswer = z.output<typeof restoredSchema>;
export type PurgeBody = z.output<typeof purgeSchema>;
export type TrashedManifestAnswer = z.output<typeof trashedManifestSchema>;
export type RestoredManifestAnswer = z.output<typeof restoredManifestSchema>;
export type ManifestPurgeBody = z.output<typeof manifestPurgeSchema>;
