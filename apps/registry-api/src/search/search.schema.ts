import { z } from 'zod';
import { cursorPageSchema } from '../http/cursor-page.js';
import { artifactKinds } from '../manifests/artifact-kind.js';
import { repositorySummarySchema } from '../repositories/repositories.schema.js';
import { searchSorts } from './search-conditions.js';

const line = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\0]*$/, 'must not contain NUL characters');
const type = z.enum(artifactKinds).exclude(['index']);

export const searchQuerySchema = cursorPageSchema.extend({
  q: line(500)
    .default('')
    .meta({ description: 'Words; `name:tag` and `sha256:…` name something exactly. Empty: everything.' }),
  sort: z.enum(searchSorts).default('relevance').meta({
    description:
      'relevance: the exact name, the last component, beginnings, words, similar words; among these what is pulled and pushed most.',
  }),
  platform: line(100)
    .optional()
    .meta({ examples: ['linux/arm64'] }),
  type: type.optional().meta({ description: 'A kind of artifact that the repository holds.' }),
  artifactType: type.optional().meta({ description: 'The same as `type`.' }),
  visibility: z.enum(['public', 'private']).optional(),
  namespace: line(255).optional(),
});

export const suggestionQuerySchema = z.strictObject({ q: line(500).default('') });

const count = z.union([z.int(), z.literal('1000+')]).meta({ description: 'Exact to 1000.' });

const facetSchema = z
  .array(z.object({ value: z.string(), count }))
  .meta({ description: 'The most frequent values among what matches the search and all filters.' });

export const searchPageSchema = z
  .object({
    items: z.array(repositorySummarySchema),
    nextCursor: z.string().optional(),
    total: count,
    facets: z.object({
      platforms: facetSchema,
      types: facetSchema,
      visibilities: facetSchema,
      namespaces: facetSchema,
    }),
    jump: z
      .object({ repository: z.string(), tag: z.string().optional(), digest: z.string().optional() })
      .nullable()
      .meta({ description: 'What the text names exactly: a tag or a digest.' }),
  })
  .meta({ id: 'SearchPage' });

export const suggestionsSchema = z
  .object({
    items: z.array(
      z
        .object({
          kind: z.enum(['repository', 'tag', 'digest']),
          name: z.string().meta({ description: 'The repository.' }),
          tag: z.string().optional(),
          digest: z.string().optional(),
        })
        .meta({ id: 'Suggestion' }),
    ),
  })
  .meta({ id: 'Suggestions' });

export type SearchQuery = z.output<typeof searchQuerySchema>;
export type SuggestionQuery = z.output<typeof suggestionQuerySchema>;
export type SearchPageAnswer = z.output<typeof searchPageSchema>;
export type SuggestionsAnswer = z.output<typeof suggestionsSchema>;
