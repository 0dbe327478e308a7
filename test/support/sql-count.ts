import pg from 'pg';
import { IN_BACKGROUND } from '../../apps/registry-api/src/database/database.js';

type Query = (this: pg.Client, ...args: unknown[]) => unknown;

const listeners = new Set<(statement: string) => void>();
let isWatching = false;

/**
 * Every SQL statement that this process sends while `work` runs, in order: one for each round trip. Left out is what
 * timers send, which no request waits for.
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
    const text = textOf(args[0]);
    if (!text.startsWith(IN_BACKGROUND)) for (const listener of listeners) listener(text);
    return original.apply(this, args);
  };
}

function textOf(query: unknown): string {
  if (typeof query === 'string') return query;
  return (query as { text?: string }).text ?? '';
}
