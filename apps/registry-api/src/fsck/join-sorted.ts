/** What two sides have under one key; at least one of them is there. */
export interface Joined<Left, Right> {
  readonly key: string;
  readonly left?: Left;
  readonly right?: Right;
}

/**
 * A full join of two sides that come in the byte order of their keys, each key once. Holds one element of each, however
 * many there are. Throws when a side is out of order: it would report differences that are none.
 */
export async function* joinSorted<Left, Right>(
  left: AsyncIterable<Left>,
  right: AsyncIterable<Right>,
  keyOf: { readonly left: (item: Left) => string; readonly right: (item: Right) => string },
): AsyncGenerator<Joined<Left, Right>> {
  const lefts = new Side(left, keyOf.left);
  const rights = new Side(right, keyOf.right);
  try {
    await Promise.all([lefts.advance(), rights.advance()]);
    for (;;) {
      const key = smaller(lefts.key, rights.key);
      if (key === undefined) return;
      const joined = {
        key,
        left: lefts.key === key ? lefts.item : undefined,
        right: rights.key === key ? rights.item : undefined,
      };
      if (lefts.key === key) await lefts.advance();
      if (rights.key === key) await rights.advance();
      yield joined;
    }
  } finally {
    await Promise.all([lefts.close(), rights.close()]);
  }
}

class Side<Item> {
  item: Item | undefined;
  key: string | undefined;
  private readonly iterator: AsyncIterator<Item>;

  constructor(
    items: AsyncIterable<Item>,
    private readonly keyOf: (item: Item) => string,
  ) {
    this.iterator = items[Symbol.asyncIterator]();
  }

  async advance(): Promise<void> {
    const before = this.key;
    const next = await this.iterator.next();
    this.item = next.done ? undefined : next.value;
    this.key = next.done ? undefined : this.keyOf(next.value);
    if (before !== undefined && this.key !== undefined && this.key <= before) {
      throw new Error(`"${this.key}" came after "${before}": this list is not in the byte order of its keys`);
    }
  }

  async close(): Promise<void> {
    await this.iterator.return?.();
  }
}

/** Keys are ASCII, so comparing strings compares bytes. */
function smaller(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
}
