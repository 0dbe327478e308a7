import { z } from 'zod';

const MAX_PAGE_SIZE = 100;
const wholeNumber = z
  .string()
  .regex(/^[0-9]{1,9}$/, 'must be a whole number from 1')
  .transform(Number);

/** The query of `GET /v1/search` as Docker's engine sends it; a page holds at most 100 results. */
export const dockerSearchQuerySchema = z.object({
  q: z.string().default(''),
  n: wholeNumber
    .refine((size) => size >= 1, 'must be a whole number from 1')
    .transform((size) => Math.min(size, MAX_PAGE_SIZE))
    .default(25),
  page: wholeNumber.refine((page) => page >= 1, 'must be a whole number from 1').default(1),
});

export type DockerSearchQuery = z.output<typeof dockerSearchQuerySchema>;

/** One result as Docker's engine reads it. */
export interface DockerSearchResult {
  readonly name: string;
  readonly description: string;
  readonly star_count: number;
  /** Whether it is the instance's own: `library/…`. */
  readonly is_official: boolean;
  readonly is_automated: boolean;
}

export interface DockerSearchAnswer {
  readonly query: string;
  /** All that match, counted to 1,000. */
  readonly num_results: number;
  readonly num_pages: number;
  readonly page: number;
  readonly page_size: number;
  readonly results: DockerSearchResult[];
}
