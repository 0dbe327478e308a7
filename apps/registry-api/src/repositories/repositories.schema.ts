import { z } from 'zod';
import { actions } from '../access/policy.js';
import { flagSchema, instantSchema } from '../http/common.schema.js';
import { cursorPageSchema } from '../http/cursor-page.js';
import { limits } from '../limits.js';
import { artifactKinds } from '../manifests/artifact-kind.js';

const visibility = z.enum(['public', 'private']).meta({
  description: 'public: everybody may find and pull it; private: it does not exist for anyone else.',
});

const description = z
  .string()
  .max(limits.descriptionCharacters)
  .regex(/^\P{Cc}*$/u, 'must be one line without control characters: terminals print it')
  .meta({ description: 'One line, shown in lists and by `docker search`.' });

const readme = z
  .string()
  .regex(/^[^\0]*$/, 'must not contain NUL characters')
  .refine(
    (text) => Buffer.byteLength(text) <= limits.readmeBytes,
    `may have at most ${limits.readmeBytes} bytes`,
  )
  .meta({ description: 'Markdown.' });

export const newRepositorySchema = z
  .strictObject({
    name: z.string().meta({ description: 'The full name.', examples: ['team/app'] }),
    visibility: visibility.default('private'),
    description: description.default(''),
  })
  .meta({ id: 'NewRepository' });

export const repositoryChangeSchema = z
  .strictObject({ visibility, description, readme })
  .partial()
  .meta({ id: 'RepositoryChange' });

export const repositoryListQuerySchema = cursorPageSchema.extend({
  mine: flagSchema.default(false).meta({
    description:
      'Only those in namespaces that the requester belongs to or that it was granted, the last pushed first.',
  }),
});

const bytes = z.int().meta({ description: 'Bytes as they are transferred.' });

export const repositorySummarySchema = z
  .object({
    name: z.string().meta({ description: 'As people write it: `alpine` for `library/alpine`.' }),
    namespace: z.string(),
    description: z.string(),
    visibility,
    starCount: z.int(),
    isStarred: z.boolean().meta({ description: 'By the requester.' }),
    pullCount: z.int().meta({ description: 'GETs of manifests by clients since the beginning.' }),
    lastPulledAt: instantSchema.nullable(),
    platforms: z
      .array(z.string())
      .meta({ description: 'What the latest image runs on.', examples: [['linux/amd64', 'linux/arm64/v8']] }),
    artifactKinds: z
      .array(z.enum(artifactKinds).exclude(['index']))
      .meta({ description: 'What it holds; an index counts as what it lists.' }),
    latestTag: z.string().nullable().meta({ description: '`latest`, or the tag that was pushed last.' }),
    sizeBytes: bytes.nullable().meta({ description: 'Of the latest tag, all platforms together.' }),
    tagCount: z.int(),
    pushedAt: instantSchema.nullable().meta({ description: 'The last push of a manifest.' }),
    createdAt: instantSchema,
  })
  .meta({ id: 'RepositorySummary' });

export const repositoryDetailsSchema = repositorySummarySchema
  .extend({
    readme: z.string(),
    updatedAt: instantSchema,
    permissions: z.array(z.enum(actions)).meta({ description: 'What the requester may do to it now.' }),
    pullsByDay: z
      .array(z.object({ day: z.iso.date(), count: z.int() }))
      .meta({ description: 'The last 30 days (UTC), today last.' }),
    totalBytes: bytes.meta({ description: 'Of all that it holds, each blob once.' }),
  })
  .meta({ id: 'Repository' });

export const repositoryPageSchema = z
  .object({ items: z.array(repositorySummarySchema), nextCursor: z.string().optional() })
  .meta({ id: 'RepositoryPage' });

export type NewRepositoryBody = z.output<typeof newRepositorySchema>;
export type RepositoryChange = z.output<typeof repositoryChangeSchema>;
export type RepositoryListQuery = z.output<typeof repositoryListQuerySchema>;
export type RepositorySummaryAnswer = z.output<typeof repositorySummarySchema>;
export type RepositoryDetailsAnswer = z.output<typeof repositoryDetailsSchema>;
