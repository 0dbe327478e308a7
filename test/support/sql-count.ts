import pg from 'pg';

type Query = (this: pg.Client, ...args: unknown[]) => unknown;

const listeners = new Set<(statement: string) => void>();
let isWatching = false;

/**
 * Every SQL statement that this process sends while `work` runs, in order: one for each round trip.
 * Counts all connections of the process, whoever opened them.
 */
export async function statementsDuring(work: () => Promise<unknown>): Promise<string[]> {
  watch();
  const statements: string[] = [];
  const listener = (statement: string) => statements.push(statement);
  listeners.add(listener);
  try {
    await work();
  } finally {
    listeners.delete(listener);
  }
  return statements;
}

/** Pools call `Client.query` too, so that one place sees everything. */
function watch(): void {
  if (isWatching) return;
  isWatching = true;
  const client = pg.Client.prototype as unknown as { query: Query };
  const original = client.query;
  client.query = function (...args) {
    for (const listener of listeners) listener(textOf(args[0]));
    return original.apply(this, args);
  };
}

function textOf(query: unknown): string {
  if (typeof query === 'string') return query;
  return (query as { text?: string }).text ?? '';
}
