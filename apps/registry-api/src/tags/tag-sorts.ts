import { z } from 'zod';

export const tagSortNames = ['semver', 'name', 'updated', 'size'] as const;
export type TagSort = (typeof tagSortNames)[number];
export type TagOrder = 'asc' | 'desc';

/** How a list of tags is ordered, in terms of `tags tag` and, for manifests without a tag, `manifests untagged`. */
interface SortColumns {
  /** Together they tell any two entries apart, and an index of `tags` has them in this order. */
  readonly tagged: readonly string[];
  readonly untagged: readonly string[];
  /** A key's texts, made of its columns. */
  readonly texts: (columns: readonly string[]) => readonly string[];
  /** The columns' values, made of a key's texts. */
  readonly casts: readonly ((parameter: string) => string)[];
  readonly keySchema: z.ZodType<readonly string[]>;
  readonly defaultOrder: TagOrder;
}

const asText = (parameter: string) => `${parameter}::text COLLATE "C"`;
const text = z
  .string()
  .max(2000)
  .regex(/^[^\0]*$/);
const wholeNumber = z.string().regex(/^[0-9]{1,17}$/);

/** Nothing without a tag is a version; its place is before all of them, and after all names. */
export const tagSorts: Readonly<Record<TagSort, SortColumns>> = {
  semver: {
    tagged: ['tag.sort_key', 'tag.name'],
    untagged: [`'' COLLATE "C"`, 'untagged.digest'],
    texts: (columns) => columns,
    casts: [asText, asText],
    keySchema: z.tuple([text, text]),
    defaultOrder: 'desc',
  },
  name: {
    tagged: ['tag.name'],
    untagged: [`('~' || untagged.digest) COLLATE "C"`],
    texts: (columns) => columns,
    casts: [asText],
    keySchema: z.tuple([text]),
    defaultOrder: 'asc',
  },
  updated: {
    tagged: ['tag.updated_at', 'tag.name'],
    untagged: ['untagged.pushed_at', 'untagged.digest'],
    texts: ([time, tie]) => [`(extract(epoch FROM ${time}) * 1000000)::bigint::text`, String(tie)],
    casts: [(micros) => `('epoch'::timestamptz + ${micros}::bigint * interval '1 microsecond')`, asText],
    keySchema: z.tuple([wholeNumber, text]),
    defaultOrder: 'desc',
  },
  size: {
    tagged: ['tag.size_bytes', 'tag.name'],
    untagged: ['untagged.total_bytes', 'untagged.digest'],
    texts: ([sizeBytes, tie]) => [`${sizeBytes}::text`, String(tie)],
    casts: [(sizeBytes) => `${sizeBytes}::bigint`, asText],
    keySchema: z.tuple([wholeNumber, text]),
    defaultOrder: 'desc',
  },
};
