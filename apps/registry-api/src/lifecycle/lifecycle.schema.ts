import { z } from 'zod';
import { durationRule, parseDuration } from './duration.js';
import { tagPatternRule } from './tag-patterns.js';

const MAX_PATTERNS = 50;
const MAX_RULES = 20;

const duration = z
  .string()
  .regex(durationRule, 'must be a number and m, h, d or w, as in "12h" or "30d"')
  .refine((text) => parseDuration(text) !== undefined, 'must be ten years at most')
  .meta({ examples: ['30d', '12h'] });

const patterns = z
  .array(
    z
      .string()
      .regex(
        tagPatternRule,
        'must be a tag in which * stands for any characters and ? for one, with ! before an exception, as in "v*" or "!v0.*"',
      ),
  )
  .max(MAX_PATTERNS)
  .meta({
    description:
      'Whole tags; `*` stands for any characters, `?` for one. A pattern behind `!` takes out what others match.',
    examples: [['v*', '!v0.*']],
  });

const somePatterns = patterns
  .min(1)
  .refine(
    (list) => list.some((pattern) => !pattern.startsWith('!')),
    'must have a pattern without !: exceptions alone match nothing',
  );

const ruleSchema = z
  .strictObject({
    tags: somePatterns,
    keepLast: z.int().min(1).max(10_000).optional(),
    order: z
      .enum(['pushed', 'semver'])
      .default('pushed')
      .meta({ description: 'What `keepLast` counts from: the last pushed, or the highest versions.' }),
    keepNewerThan: duration.optional(),
    keepPulledWithin: duration.optional(),
  })
  .refine(
    ({ keepLast, keepNewerThan, keepPulledWithin }) =>
      keepLast !== undefined || keepNewerThan !== undefined || keepPulledWithin !== undefined,
    'must say what is kept: keepLast, keepNewerThan or keepPulledWithin',
  )
  .meta({ id: 'RetentionRule' });

export const retentionPolicySchema = z
  .strictObject({
    rules: z
      .array(ruleSchema)
      .max(MAX_RULES)
      .meta({ description: 'A tag is of the first rule that matches it; one that none matches is kept.' }),
    untaggedAfter: duration.optional().meta({
      description:
        'Manifests without a tag, that no index lists and that are attached to nothing, go after this.',
    }),
  })
  .meta({ id: 'RetentionPolicy' });

export const immutableBySchema = z
  .object({ tag: z.string(), pattern: z.string(), of: z.enum(['repository', 'namespace']) })
  .meta({ id: 'ImmutableBy' });

export const lifecycleSchema = z
  .strictObject({
    immutableTags: patterns.default([]).meta({ description: 'Tags that cannot be moved or deleted.' }),
    expiry: z
      .strictObject({ tags: somePatterns, after: duration })
      .nullable()
      .default(null)
      .meta({ description: 'Tags that end by themselves, so long after their last push.' }),
    retention: retentionPolicySchema.nullable().default(null),
  })
  .meta({ id: 'Lifecycle' });

export const lifecycleAnswerSchema = z
  .object({
    own: lifecycleSchema,
    ofNamespace: lifecycleSchema.nullable().meta({
      description:
        'Null on a namespace itself. Immutable and expiring tags add up; retention is the repository’s own if it has one.',
    }),
  })
  .meta({ id: 'LifecycleAnswer' });

const coverageSchema = z
  .object({
    pattern: z.string(),
    of: z.enum(['repository', 'namespace']).meta({ description: 'Whose rule it is.' }),
    tagCount: z.int().meta({
      description: 'Tags that match and no exception takes out; of an exception, those it takes out.',
    }),
    tags: z.array(z.string()).meta({ description: 'The first ten of them, the highest versions first.' }),
  })
  .meta({ id: 'PatternCoverage' });

export const lifecycleCoverageSchema = z
  .object({ immutable: z.array(coverageSchema), expiring: z.array(coverageSchema) })
  .meta({ id: 'LifecycleCoverage' });

export type RetentionPolicyBody = z.output<typeof retentionPolicySchema>;
export type Lifecycle = z.output<typeof lifecycleSchema>;
export type LifecycleAnswer = z.output<typeof lifecycleAnswerSchema>;
export type LifecycleCoverageAnswer = z.output<typeof lifecycleCoverageSchema>;
