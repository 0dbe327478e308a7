/** One column of a table: its head, and what stands in it. */
export type Columns<Item> = readonly (readonly [
  string,
  (item: Item) => string | number | null | undefined,
])[];

/** What commands say on standard output: to people, or with `--json` to programs. */
export class Output {
  constructor(
    readonly isJson: boolean,
    private readonly out: NodeJS.WritableStream = process.stdout,
  ) {}

  line(text: string): void {
    this.out.write(`${text}\n`);
  }

  /** One thing: an object, or sentences for people. */
  result(value: unknown, sentences: () => string): void {
    this.line(this.isJson ? JSON.stringify(value, undefined, 2) : sentences());
  }

  /** One of many results, told as it comes: a JSON object a line. */
  event(value: unknown, sentence: () => string): void {
    this.line(this.isJson ? JSON.stringify(value) : sentence());
  }

  /** A list, page by page: a table, or a JSON array. */
  async list<Item>(items: AsyncIterable<Item>, columns: Columns<Item>): Promise<void> {
    const all: Item[] = [];
    for await (const item of items) all.push(item);
    if (this.isJson) return this.line(JSON.stringify(all, undefined, 2));
    const rows = all.map((item) => columns.map(([, cell]) => shown(cell(item))));
    const heads = columns.map(([head]) => head);
    const widths = heads.map((head, index) =>
      Math.max(head.length, ...rows.map((row) => row[index]?.length ?? 0)),
    );
    for (const row of [heads, ...rows]) {
      this.line(
        row
          .map((cell, index) => cell.padEnd(widths[index] ?? 0))
          .join('  ')
          .trimEnd(),
      );
    }
  }
}

/** Names are whatever somebody once chose: no control character of one reaches a terminal. */
function shown(cell: string | number | null | undefined): string {
  return String(cell ?? '').replace(/\p{Cc}/gu, '?');
}

/** Follows `nextCursor` to the end. */
export async function* allPages<Item>(
  page: (cursor: string | undefined) => Promise<{ items: readonly Item[]; nextCursor?: string }>,
): AsyncGenerator<Item> {
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await page(cursor);
    yield* items;
    cursor = nextCursor;
  } while (cursor !== undefined);
}
