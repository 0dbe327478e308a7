import { z } from 'zod';
import { RequestInvalid } from '../errors/domain-errors.js';

const MAX_LIMIT = 100;
const DEFAULT_LIMIT = 25;

/** The query of every list of `/api/v1`: `limit` entries after the one that `cursor` stands for. */
export const cursorPageSchema = z.strictObject({
  limit: z
    .string()
    .regex(/^[0-9]{1,3}$/, `must be a whole number from 1 to ${MAX_LIMIT}`)
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= MAX_LIMIT, `must be a whole number from 1 to ${MAX_LIMIT}`)
    .default(DEFAULT_LIMIT)
    .meta({ description: `Most entries wanted, 1 to ${MAX_LIMIT}.` }),
  cursor: z.string().max(1000).optional().meta({ description: 'The `nextCursor` of the page before.' }),
});

export type CursorPage = z.output<typeof cursorPageSchema>;

/** One page of a list of `/api/v1`; without `nextCursor` it is the last. */
export interface ListPage<Item> {
  readonly items: Item[];
  readonly nextCursor?: string;
}

/** Makes a page of `limit + 1` found entries; `keyOf` is what the list is ordered by. */
export function cutCursorPage<Item>(
  found: readonly Item[],
  { limit }: CursorPage,
  keyOf: (item: Item) => string,
): ListPage<Item> {
  const items = found.slice(0, limit);
  const final = items.at(-1);
  if (final === undefined || found.length <= limit) return { items };
  return { items, nextCursor: Buffer.from(keyOf(final)).toString('base64url') };
}

/** The key after which a page begins; undefined for the first page. Throws `RequestInvalid` for a cursor not ours. */
export function readCursor({ cursor }: CursorPage): string | undefined {
  if (cursor === undefined) return undefined;
  const key = Buffer.from(cursor, 'base64url').toString();
  const isOurs = key !== '' && !key.includes('\0') && Buffer.from(key).toString('base64url') === cursor;
  if (!isOurs) throw new RequestInvalid('"cursor" is not one that a page of this list answered.');
  return key;
}

/** The same of a list that is ordered by several things, whose key is written as JSON. */
export function readKeyset<Key>(page: CursorPage, schema: z.ZodType<Key>): Key | undefined {
  const key = readCursor(page);
  if (key === undefined) return undefined;
  const parsed = schema.safeParse(parseJson(key));
  if (!parsed.success) throw new RequestInvalid('"cursor" is not one that a page of this list answered.');
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
