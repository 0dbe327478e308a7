import pg from 'pg';
import { IN_BACKGROUND } from '../../apps/registry-api/src/database/database.js';

type Query = (this: pg.Client, ...args: unknown[]) => unknown;

/** With whether they want what timers send as well. */
const listeners = new Map<(statement: string) => void, boolean>();
let isWatching = false;

/**
 * Every SQL statement that this process sends while `work` runs, in order: one for each round trip. Left out is what
 * timers send, which no request waits for, unless it is asked for.
 * Counts all connections of the process, whoever opened them.
 */
export async function statementsDuring(
  work: () => Promise<unknown>,
  { withBackground = false } = {},
): Promise<string[]> {
  watch();
  const statements: string[] = [];
  const listener = (statement: string) => statements.push(statement);
  listeners.set(listener, withBackground);
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
    const text = textOf(args[0]);
    const isInBackground = text.startsWith(IN_BACKGROUND);
    for (const [listener, withBackground] of listeners) if (withBackground || !isInBackground) listener(text);
    return original.apply(this, args);
  };
}

function textOf(query: unknown): string {
  if (typeof query === 'string') return query;
  return (query as { text?: string }).text ?? '';
}
