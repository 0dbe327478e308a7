import { z } from 'zod';
import { flagSchema, instantSchema } from '../http/common.schema.js';
import { cursorPageSchema } from '../http/cursor-page.js';
import { immutableBySchema } from '../lifecycle/lifecycle.schema.js';
import { artifactKinds } from '../manifests/artifact-kind.js';
import { shownKinds } from '../manifests/manifest-kind.js';
import { tagSortNames } from './tag-sorts.js';

const tagPattern = /^[a-zA-Z0-9_][a-zA-Z0-9._-]*$/;

export const tagListQuerySchema = cursorPageSchema.extend({
  q: z
    .string()
    .max(128)
    .regex(/^[^\0]*$/, 'must not contain NUL characters')
    .optional()
    .meta({ description: 'Part of the name.' }),
  sort: z.enum(tagSortNames).default('semver').meta({
    description: 'semver: 1.10 after 1.9, a pre-release before its release, `latest` after all versions.',
  }),
  order: z
    .enum(['asc', 'desc'])
    .optional()
    .meta({ description: 'Without it by name from the first, else from the last.' }),
  untagged: flagSchema
    .default(false)
    .meta({ description: 'Manifests that no tag and no index names as well.' }),
  referrers: flagSchema
    .default(false)
    .meta({ description: 'What is attached to another manifest as well: signatures, SBOMs, …' }),
  uniqueBytes: flagSchema.default(false).meta({ description: 'Say what each image has alone.' }),
});

export const tagSchema = z
  .object({
    name: z.string().nullable().meta({ description: 'Null for a manifest without a tag.' }),
    digest: z.string(),
    mediaType: z.string(),
    kind: z.enum(shownKinds),
    artifactKind: z.enum(artifactKinds),
    artifactType: z.string().nullable(),
    platforms: z.array(z.string()),
    sizeBytes: z.int().meta({ description: 'As it is transferred, all platforms together.' }),
    aliases: z.array(z.string()).meta({ description: 'Other tags of the same digest, at most 20.' }),
    pushedAt: instantSchema,
    pushedBy: z.string().nullable(),
    lastPulledAt: instantSchema.nullable(),
    pullCount: z.int(),
    isNeededByIndex: z.boolean().meta({ description: 'Whether an index here lists the digest.' }),
    isImmutable: z.boolean().meta({ description: 'Whether rules hold it: it cannot be moved or deleted.' }),
    immutableBy: immutableBySchema.nullable().meta({ description: 'The rule that holds it.' }),
    expiresAt: instantSchema.nullable().meta({ description: 'When it ends by itself.' }),
    uniqueBytes: z.int().nullable().meta({
      description:
        'If asked for: bytes that nothing else in this repository uses, whoever else has them. Null in a repository of very many manifests.',
    }),
    isSigned: z.boolean().meta({ description: 'Whether a signature is attached; nothing is verified.' }),
  })
  .meta({ id: 'Tag' });

export const tagPageSchema = z
  .object({ items: z.array(tagSchema), nextCursor: z.string().optional() })
  .meta({ id: 'TagPage' });

export const tagQuerySchema = z.strictObject({
  at: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional()
    .meta({ description: 'Where the tag pointed then.', examples: ['2026-11-01T00:00:00Z'] }),
});

export const tagAtSchema = z
  .object({
    tag: z.string(),
    at: instantSchema,
    digest: z.string(),
    since: instantSchema.meta({ description: 'It pointed there from then on.' }),
    movedBy: z.string(),
    isThere: z.boolean().meta({ description: 'Whether the manifest still is.' }),
  })
  .meta({ id: 'TagAt' });

export const deletedTagSchema = z
  .object({
    undo: z.object({ historyId: z.string().meta({ description: 'To be restored in the activity.' }) }),
    staysOn: z.array(z.string()).meta({ description: 'Tags that are still on the digest, at most 100.' }),
    untaggedDigest: z.string().nullable().meta({ description: 'The digest, if no tag is left on it.' }),
    isNeededByIndex: z.boolean().meta({ description: 'Whether an index lists the digest.' }),
  })
  .meta({ id: 'DeletedTag' });

export const tagActivityQuerySchema = cursorPageSchema.extend({
  tag: z
    .string()
    .max(128)
    .regex(tagPattern, 'must be a tag')
    .optional()
    .meta({ description: 'Of this tag only.' }),
  deleted: flagSchema.default(false).meta({
    description:
      'Only the deletion of tags that are gone, and that can be put back on a manifest that is there.',
  }),
});

export const tagMoveSchema = z
  .object({
    id: z.string(),
    tag: z.string(),
    from: z.string().nullable().meta({ description: 'The digest before; null when the tag was made.' }),
    to: z.string().nullable().meta({ description: 'The digest after; null when the tag was deleted.' }),
    movedAt: instantSchema,
    movedBy: z.string(),
    credential: z.string(),
    isRestorable: z.boolean().meta({
      description: 'Whether `from` (or `to`, without it) is still there, and not where the tag points.',
    }),
  })
  .meta({ id: 'TagMove' });

export const tagMovePageSchema = z
  .object({ items: z.array(tagMoveSchema), nextCursor: z.string().optional() })
  .meta({ id: 'TagMovePage' });

export const restoredTagSchema = z
  .object({ tag: z.string(), digest: z.string() })
  .meta({ id: 'RestoredTag' });

export type TagQuery = z.output<typeof tagQuerySchema>;
export type TagAtAnswer = z.output<typeof tagAtSchema>;
export type DeletedTagAnswer = z.output<typeof deletedTagSchema>;
export type TagActivityQuery = z.output<typeof tagActivityQuerySchema>;
export type TagMoveAnswer = z.output<typeof tagMoveSchema>;
export type RestoredTagAnswer = z.output<typeof restoredTagSchema>;
export type TagListQuery = z.output<typeof tagListQuerySchema>;
export type TagAnswer = z.output<typeof tagSchema>;
