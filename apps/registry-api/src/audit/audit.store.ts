import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';

/** What entries are asked for; action and object whole, or their beginning and a star. */
export interface AuditFilter {
  readonly actor?: string;
  readonly action?: string;
  readonly object?: string;
  readonly result?: 'done' | 'refused';
  readonly from?: string;
  readonly to?: string;
}

export interface StoredAuditEntry {
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  readonly credential: string;
  readonly address: string | null;
  readonly action: string;
  readonly object: string;
  readonly result: 'done' | 'refused';
  readonly details: Record<string, unknown>;
}

@Injectable()
export class AuditStore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The newest first, after the one with the id `last`. */
  async list(
    filter: AuditFilter,
    page: { readonly last?: string; readonly limit: number },
  ): Promise<StoredAuditEntry[]> {
    const values: unknown[] = [page.limit];
    const conditions = ['true'];
    const add = (condition: (parameter: string) => string, value: string | undefined) => {
      if (value === undefined) return;
      values.push(value);
      conditions.push(condition(`$${values.length}`));
    };
    add((parameter) => `id < ${parameter}::bigint`, page.last);
    add((parameter) => `actor = ${parameter}`, filter.actor);
    add(...named('action', filter.action));
    add(...named('object', filter.object));
    add((parameter) => `result = ${parameter}`, filter.result);
    add((parameter) => `at >= ${parameter}::timestamptz`, filter.from);
    add((parameter) => `at < ${parameter}::timestamptz`, filter.to);
    return this.database.query<StoredAuditEntry & Record<string, unknown>>(
      `SELECT id, at, actor, credential, address, action, object, result, details FROM audit_log
       WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT $1`,
      values,
    );
  }

  /** Answers how many were removed. */
  async removeOlderThan(days: number): Promise<number> {
    const [row] = await this.database.query<{ removed: number }>(
      `WITH removed AS (
         DELETE FROM audit_log WHERE at < now() - make_interval(days => $1) RETURNING id
       )
       SELECT count(*)::int AS removed FROM removed`,
      [days],
    );
    return row?.removed ?? 0;
  }
}

function named(
  column: 'action' | 'object',
  wanted: string | undefined,
): [(parameter: string) => string, string | undefined] {
  if (!wanted?.endsWith('*')) return [(parameter) => `${column} = ${parameter}`, wanted];
  return [(parameter) => `starts_with(${column}, ${parameter})`, wanted.slice(0, -1)];
}
