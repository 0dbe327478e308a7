import { z } from 'zod';
import { actions } from '../access/policy.js';
import { limits } from '../limits.js';

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

const instant = z.iso.datetime();

export const repositorySummarySchema = z
  .object({
    name: z.string().meta({ description: 'As people write it: `alpine` for `library/alpine`.' }),
    namespace: z.string(),
    visibility,
    description: z.string(),
    starCount: z.int(),
    createdAt: instant,
    updatedAt: instant,
    pushedAt: instant.nullable(),
  })
  .meta({ id: 'RepositorySummary' });

export const repositoryDetailsSchema = repositorySummarySchema
  .extend({
    readme: z.string(),
    permissions: z.array(z.enum(actions)).meta({ description: 'What the requester may do to it now.' }),
  })
  .meta({ id: 'Repository' });

export const repositoryPageSchema = z
  .object({ items: z.array(repositorySummarySchema), nextCursor: z.string().optional() })
  .meta({ id: 'RepositoryPage' });

export type NewRepositoryBody = z.output<typeof newRepositorySchema>;
export type RepositoryChange = z.output<typeof repositoryChangeSchema>;
export type RepositorySummary = z.output<typeof repositorySummarySchema>;
export type RepositoryDetails = z.output<typeof repositoryDetailsSchema>;
